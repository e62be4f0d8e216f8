import { IconWindow } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** Another window has the desk; taking it over is a reload. */
export function MovedScreen() {
  const { t } = useTranslation('shell');
  return (
    <main>
      <EmptyState
        icon={<IconWindow size={20} aria-hidden="true" />}
        title={t('moved.title')}
        text={t('moved.text')}
        action={
          <Button variant="solid" size="lg" onClick={() => location.reload()}>
            {t('moved.takeOver')}
          </Button>
        }
      />
    </main>
  );
}
