import { IconHeadset } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { headsetNews } from '../../media/headsetNews.ts';
import { hidOf } from '../../media/hid.ts';
import { telephonyPage } from '../../media/telephonyReports.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './DevicesPage.module.css';

/** Asks for a headset once, as browsers want it: from a press of a button. */
export function HeadsetBox({ name }: { name: string | null }) {
  const { t } = useTranslation('devices');
  const [notFound, setNotFound] = useState(false);
  const hid = hidOf(navigator);

  async function connect(): Promise<void> {
    setNotFound(false);
    const chosen = await hid?.requestDevice({ filters: [{ usagePage: telephonyPage }] });
    if (chosen?.length) headsetNews.tell();
    else setNotFound(true);
  }

  const words = name ? t('headset.connected', { name }) : t('headset.none');
  return (
    <section className={styles.box}>
      <SectionHead
        icon={<IconHeadset size={16} aria-hidden="true" />}
        title={t('headset.title')}
        action={
          hid ? (
            <Button
              size="sm"
              onClick={() => void connect().catch(() => setNotFound(true))}
              data-testid="connect-headset"
            >
              {t('headset.connect')}
            </Button>
          ) : null
        }
      />
      <p className="muted" role="status">
        {hid ? words : t('headset.unsupported')}
      </p>
      {notFound && !name ? (
        <p className="tone-warn" role="status">
          {t('headset.notFound')}
        </p>
      ) : null}
    </section>
  );
}
