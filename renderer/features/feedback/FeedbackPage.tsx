import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetFilter } from '#shared/contract/methods/feedback.ts';
import type { SatisfactionGroup } from '#shared/domain/feedback/satisfaction.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { PeriodSelect } from '../complaints/PeriodSelect.tsx';
import { daysOfPeriod, type Period } from '../complaints/period.ts';
import { OfflineMark } from '../tickets/ListStates.tsx';
import { QuestionnaireEditor } from './QuestionnaireEditor.tsx';
import { QuestionnaireList } from './QuestionnaireList.tsx';
import { ScoresView } from './ScoresView.tsx';
import { SheetsPanel } from './SheetsPanel.tsx';

const newOne = 'new';
const ofQuestionnaire = 'questionnaires';

/** What customers said, and what they are asked. */
export function FeedbackPage() {
  const { t } = useTranslation('feedback');
  const { id } = useRoute();
  const mayManage = useMayDo('feedback.manage');
  const now = useNow();
  const [period, setPeriod] = useState<Period>('quarter');
  const [by, setBy] = useState<SatisfactionGroup>('agent');
  const [key, setKey] = useState<SheetFilter['key']>(null);
  const isScores = id === null || id === 'scores' || !mayManage;
  const list = useQuery('feedback.questionnaires', isScores ? null : {}, ['questionnaire']);
  const edited = list.data?.find((one) => one.id === id) ?? null;
  const filter: SheetFilter = { ...daysOfPeriod(period, now), questionnaireId: null, by, key };
  const side = () => {
    if (isScores) {
      return key ? <SheetsPanel filter={filter} onDone={() => setKey(null)} /> : null;
    }
    if (id !== newOne && !edited) return null;
    const leave = () => goTo('feedback', ofQuestionnaire);
    return <QuestionnaireEditor key={id} questionnaire={edited} onDone={leave} />;
  };
  return (
    <Page
      testId="feedback-page"
      label={t('title')}
      head={
        <>
          {mayManage ? (
            <Segmented
              label={t('tabs.label')}
              value={isScores ? 'scores' : 'questionnaires'}
              options={[
                { value: 'scores', label: t('tabs.scores') },
                { value: 'questionnaires', label: t('tabs.questionnaires') },
              ]}
              onChange={(tab) => goTo('feedback', tab)}
            />
          ) : null}
          {isScores ? <PeriodSelect value={period} onChoose={setPeriod} /> : null}
          <OfflineMark />
          <span className="grow" />
          {isScores ? null : (
            <Button
              icon={<IconPlus size={16} aria-hidden="true" />}
              data-testid="questionnaire-new"
              onClick={() => goTo('feedback', newOne)}
            >
              {t('new')}
            </Button>
          )}
        </>
      }
      side={side()}
    >
      {isScores ? (
        <ScoresView
          filter={filter}
          onGroup={(group) => {
            setBy(group);
            setKey(null);
          }}
          onOpen={(value) => setKey({ value })}
        />
      ) : (
        <QuestionnaireList list={list} selectedId={edited?.id ?? null} />
      )}
    </Page>
  );
}
