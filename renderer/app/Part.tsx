import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** What stands where a part of the window has failed. */
function Fault() {
  const { t } = useTranslation('common');
  return (
    <div role="alert" data-testid="part-failed">
      <EmptyState
        icon={<IconAlertTriangle size={20} aria-hidden="true" />}
        title={t('fault.title')}
        text={t('fault.text')}
        action={<Button onClick={() => location.reload()}>{t('fault.reload')}</Button>}
      />
    </div>
  );
}

interface PartProps {
  children: ReactNode;
  /** What the part shows: with another thing it begins anew. */
  of?: string | null;
  /** It has nothing to look at, and nothing stands in its place. */
  hidden?: boolean;
}

interface PartState {
  failed: boolean;
  of: string | null | undefined;
}

/**
 * A part of the window that may fail, or be gone since the window was opened (after an upgrade), without taking the
 * rest along: above all the call bar stays. It shows nothing while its code is on its way.
 */
export class Part extends Component<PartProps, PartState> {
  override state: PartState = { failed: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<PartState> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ of }: PartProps, state: PartState): PartState | null {
    return of === state.of ? null : { failed: false, of };
  }

  override render(): ReactNode {
    const { children, hidden = false } = this.props;
    if (this.state.failed) return hidden ? null : <Fault />;
    return <Suspense fallback={null}>{children}</Suspense>;
  }
}
