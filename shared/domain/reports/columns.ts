/** What stands in a column. Durations are ms, rates 0 to 1, scores 1 to 5, times ms UTC, dates `YYYY-MM-DD`. */
export const columnTypes = ['count', 'rate', 'duration', 'score', 'text', 'time', 'date'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** What lies behind a number, as a list. */
export const drillKinds = [
  'entries',
  'handles',
  'ringNoAnswers',
  'stretches',
  'tickets',
  'complaints',
  'sheets',
  'contacts',
] as const;
export type DrillKind = (typeof drillKinds)[number];

/**
 * A column. Its title is the text `reportCatalogue:column.<id>`; where `formula` is set, how it is worked out
 * stands in `reportCatalogue:formula.<formula>`.
 */
export interface ReportColumn {
  id: string;
  type: ColumnType;
  formula: string | null;
  /** Null: nothing to look into. */
  drill: DrillKind | null;
}

type Rest = Partial<Omit<ReportColumn, 'id' | 'type'>>;

function column(id: string, type: ColumnType, rest: Rest = {}): ReportColumn {
  return { id, type, formula: id, drill: null, ...rest };
}

function columnsOf(drill: DrillKind | null, columns: Record<string, ColumnType>): ReportColumn[] {
  return Object.entries(columns).map(([id, type]) => column(id, type, { drill }));
}

/** Columns of a list say what was written down; there is nothing to work out. */
function listed(columns: Record<string, ColumnType>): ReportColumn[] {
  return Object.entries(columns).map(([id, type]) => column(id, type, { formula: null }));
}

/** Of handles that are done in the interval. */
const ofHandles = columnsOf('handles', {
  handled: 'count',
  handleTime: 'duration',
  talkTime: 'duration',
  holdTime: 'duration',
  afterCallTime: 'duration',
  dialTime: 'duration',
});

export const queueColumns: readonly ReportColumn[] = [
  ...columnsOf('entries', {
    offered: 'count',
    answered: 'count',
    abandoned: 'count',
    shortAbandoned: 'count',
    callBacks: 'count',
    overflowed: 'count',
    unseen: 'count',
    waiting: 'count',
    answeredInTime: 'count',
    serviceLevel: 'rate',
    answerSpeed: 'duration',
    longestWait: 'duration',
    abandonRate: 'rate',
    abandonRateWithoutShort: 'rate',
    transferred: 'count',
    transferRate: 'rate',
    answeredHere: 'count',
  }),
  ...ofHandles,
  column('ringNoAnswers', 'count', { drill: 'ringNoAnswers' }),
];

export const agentColumns: readonly ReportColumn[] = [
  ...columnsOf('entries', { answered: 'count', transferred: 'count', transferRate: 'rate' }),
  column('answeredHere', 'count', { drill: 'entries' }),
  column('ringNoAnswers', 'count', { drill: 'ringNoAnswers' }),
  ...ofHandles,
  ...columnsOf('stretches', {
    signedInTime: 'duration',
    breakTime: 'duration',
    readyTime: 'duration',
    ringingTime: 'duration',
    onCallTime: 'duration',
    wrapUpTime: 'duration',
    occupancy: 'rate',
  }),
];

export const ticketColumns: readonly ReportColumn[] = columnsOf('tickets', {
  ticketsCreated: 'count',
  ticketsResolved: 'count',
  ticketsClosed: 'count',
  ticketsOpen: 'count',
  ticketsReopened: 'count',
  resolveTime: 'duration',
});

export const complaintColumns: readonly ReportColumn[] = columnsOf('complaints', {
  complaints: 'count',
  paretoShare: 'rate',
  complaintsClosed: 'count',
  oneTouch: 'count',
  oneTouchRate: 'rate',
});

export const registerColumns: readonly ReportColumn[] = listed({
  complaintNo: 'text',
  createdAt: 'time',
  customer: 'text',
  title: 'text',
  category: 'text',
  severity: 'text',
  impact: 'text',
  remedySought: 'text',
  rootCause: 'text',
  correctiveAction: 'text',
  stage: 'text',
  owner: 'text',
  closedAt: 'time',
  reopened: 'count',
  firstVisit: 'text',
  repeated: 'text',
});

export const firstContactColumns: readonly ReportColumn[] = columnsOf('contacts', {
  cases: 'count',
  resolvedAtOnce: 'count',
  firstContactRate: 'rate',
  provisionalCases: 'count',
});

export const satisfactionColumns: readonly ReportColumn[] = columnsOf('sheets', {
  sheets: 'count',
  scores: 'count',
  meanScore: 'score',
  topShare: 'rate',
  satisfiedShare: 'rate',
});

/** One state of an agent, from when to when. */
const stretchColumns: readonly ReportColumn[] = listed({
  agent: 'text',
  state: 'text',
  reason: 'text',
  stretchFrom: 'time',
  stretchTo: 'time',
  stretchTime: 'duration',
});

export const timeTableColumns: readonly ReportColumn[] = [
  ...listed({ date: 'date' }),
  ...stretchColumns,
];

export const dailyColumns: readonly ReportColumn[] = [
  ...listed({ date: 'date', subject: 'text' }),
  column('answered', 'count', { drill: 'entries' }),
  ...columnsOf('handles', { handled: 'count', handleTime: 'duration', afterCallTime: 'duration' }),
  column('ringNoAnswers', 'count', { drill: 'ringNoAnswers' }),
  ...columnsOf('stretches', { signedInTime: 'duration', occupancy: 'rate' }),
  ...columnsOf('tickets', { ticketsCreated: 'count', ticketsResolved: 'count' }),
  column('complaints', 'count', { drill: 'complaints' }),
  column('meanScore', 'score', { drill: 'sheets' }),
  ...listed({ targetsReached: 'text', targetsMissed: 'text' }),
  ...listed({ problems: 'text', plan: 'text', writtenBy: 'text' }),
];

/** What is shown of each thing behind a number. */
export const drillColumns: Record<DrillKind, readonly ReportColumn[]> = {
  entries: listed({
    enteredAt: 'time',
    queue: 'text',
    caller: 'text',
    customer: 'text',
    ending: 'text',
    wait: 'duration',
    inTime: 'text',
    agent: 'text',
    passedOn: 'text',
  }),
  handles: listed({
    beganAt: 'time',
    doneAt: 'time',
    agent: 'text',
    queue: 'text',
    direction: 'text',
    number: 'text',
    customer: 'text',
    talk: 'duration',
    hold: 'duration',
    afterCall: 'duration',
    dial: 'duration',
    endedBy: 'text',
  }),
  ringNoAnswers: listed({
    at: 'time',
    agent: 'text',
    queue: 'text',
    caller: 'text',
    customer: 'text',
  }),
  stretches: stretchColumns,
  tickets: listed({
    ticketNo: 'text',
    createdAt: 'time',
    customer: 'text',
    title: 'text',
    category: 'text',
    ticketState: 'text',
    owner: 'text',
    resolvedAt: 'time',
    closedAt: 'time',
  }),
  complaints: registerColumns,
  sheets: listed({
    at: 'time',
    customer: 'text',
    agent: 'text',
    queue: 'text',
    category: 'text',
    score: 'score',
    outcome: 'text',
    ticketNo: 'text',
  }),
  contacts: listed({
    at: 'time',
    customer: 'text',
    disposition: 'text',
    result: 'text',
    agent: 'text',
  }),
};
