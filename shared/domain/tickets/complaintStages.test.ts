import { describe, expect, test } from 'vitest';
import { type ComplaintStage, complaintStages } from './complaint.ts';
import {
  asFarAs,
  atStage,
  complaintPriority,
  complaintRefusal,
  missingForStage,
  reopened,
  type StagedComplaint,
} from './complaintStages.ts';
import { levels } from './ticket.ts';

const written = { remedySought: 'refund', rootCause: 'worn', correctiveAction: 'new supplier' };
const nothing = { remedySought: '', rootCause: ' ', correctiveAction: '' };

function complaint(stage: ComplaintStage, texts = written): StagedComplaint {
  return { stage, stagesAt: { received: 1 }, ...texts };
}

describe('stages of a complaint', () => {
  test('go forward only, from each to each', () => {
    for (const [from, stage] of complaintStages.entries()) {
      for (const [to, next] of complaintStages.entries()) {
        const go = () => atStage(complaint(stage), next, 9);
        if (to > from) expect(go()).toMatchObject({ stage: next });
        else expect(go).toThrow(expect.objectContaining({ code: 'state-not-allowed' }));
      }
    }
  });

  test('have each their time; those passed over the same', () => {
    expect(atStage(complaint('received'), 'assessed', 9)).toEqual({
      stage: 'assessed',
      stagesAt: { received: 1, acknowledged: 9, assessed: 9 },
    });
  });

  test.each<[ComplaintStage, string[]]>([
    ['acknowledged', []],
    ['assessed', ['remedySought']],
    ['investigated', ['remedySought', 'rootCause']],
    ['responded', ['remedySought', 'rootCause', 'correctiveAction']],
    ['closed', ['remedySought', 'rootCause', 'correctiveAction']],
  ])('before %s needs %j', (stage, fields) => {
    expect(missingForStage(complaint('received', nothing), stage)).toEqual(fields);
    const go = () => atStage(complaint('received', nothing), stage, 9);
    if (fields.length === 0) return expect(go()).toBeDefined();
    expect(go).toThrow(
      expect.objectContaining({ code: 'missing-field', details: { field: fields[0] } }),
    );
  });

  test('follow the ticket as far as what is written allows', () => {
    expect(asFarAs(complaint('received', nothing), 'closed', 9)?.stage).toBe('acknowledged');
    expect(asFarAs(complaint('received'), 'closed', 9)?.stage).toBe('closed');
    expect(asFarAs(complaint('closed'), 'acknowledged', 9)).toBeNull();
  });

  test('begin again at the investigation when the ticket is opened again', () => {
    const closed = { ...complaint('closed'), ...atStage(complaint('received'), 'closed', 9) };
    expect(reopened(closed)).toEqual({
      stage: 'investigated',
      stagesAt: { received: 1, acknowledged: 9, assessed: 9, investigated: 9 },
    });
    expect(reopened(complaint('assessed'))).toBeNull();
  });

  test('are looked at again by whoever takes a change in', () => {
    expect(complaintRefusal(complaint('assessed'), { stage: 'responded' })).toBeNull();
    expect(complaintRefusal(complaint('assessed'), { severity: 'high' })).toBeNull();
    expect(complaintRefusal(complaint('responded'), { stage: 'assessed' })).toMatch(/forward/);
    expect(complaintRefusal(complaint('closed'), { stage: 'investigated' })).toBeNull();
    expect(complaintRefusal(complaint('assessed', nothing), { stage: 'responded' })).toMatch(
      /rootCause/,
    );
    const given = { stage: 'investigated', rootCause: 'worn' };
    expect(complaintRefusal(complaint('assessed', nothing), given)).toBeNull();
  });
});

test('priority is severity times impact', () => {
  const rows = levels.flatMap((severity) =>
    levels.map((impact) => complaintPriority(severity, impact)),
  );
  expect(rows).toEqual([
    ...['normal', 'normal', 'major'],
    ...['normal', 'major', 'urgent'],
    ...['major', 'urgent', 'urgent'],
  ]);
});
