import type { Questionnaire } from '../domain/feedback/feedback.ts';
import { usualQuestionnaireId } from '../domain/settings/returnVisits.ts';

const score = (id: string, en: string, zh: string, required = true) => ({
  ...{ id, kind: 'score' as const, text: { en, 'zh-CN': zh } },
  ...{ choices: [], required },
});

/** What a new centre asks at return visits until somebody writes another questionnaire. */
export const usualQuestionnaire: { id: string; fields: Questionnaire } = {
  id: usualQuestionnaireId,
  fields: {
    name: { en: 'After a ticket was resolved', 'zh-CN': '工单解决后回访' },
    edition: 1,
    greeting: {
      en: 'Hello, we have worked on your request. May I ask you a few short questions about it?',
      'zh-CN': '您好，您反映的问题我们已经处理，想用一分钟了解一下您的感受。',
    },
    questions: [
      score('overall', 'How satisfied are you overall?', '您对这次处理总体满意吗？'),
      score('speed', 'How satisfied are you with the speed?', '您对处理速度满意吗？'),
      score(
        'manner',
        'How satisfied are you with the manner of our staff?',
        '您对工作人员的态度满意吗？',
      ),
      {
        id: 'solved',
        kind: 'yesNo',
        text: { en: 'Is the matter settled for you?', 'zh-CN': '问题是否已经解决？' },
        choices: [],
        required: true,
      },
      {
        id: 'better',
        kind: 'text',
        text: { en: 'What could we do better?', 'zh-CN': '您觉得我们哪里可以做得更好？' },
        choices: [],
        required: false,
      },
    ],
    active: true,
    retired: false,
  },
};
