/**
 * The definitions of the metrics once more, in plain SQL over the events alone: written apart from
 * shared/domain/metrics, to be held against it. Targets by queue: `target (queue_id, within_ms, short_ms, denominator)`.
 */
const events = `
  target (queue_id, within_ms, short_ms, denominator) as (
    select * from jsonb_to_recordset($1::jsonb)
      as t (queue_id text, within_ms bigint, short_ms bigint, denominator text)
  ), ev as (
    select *, case name when 'queue.entered' then 1 when 'agent.offered' then 2 when 'agent.dialled' then 3
                        when 'agent.answered' then 4 when 'agent.notAnswered' then 5 when 'agent.held' then 6
                        when 'agent.resumed' then 7 when 'agent.transferred' then 8 when 'queue.left' then 9
                        when 'agent.left' then 10 else 11 end as rank
      from call_event where call_ref is not null and (source = 'pbx' or name = 'agent.wrappedUp')
  )`;

const entries = `
  steps as (
    select call_ref, queue_id, at, rank, id, name, agent_id, detail ->> 'how' as how,
           lag(name) over stay as before,
           sum(case when name <> 'queue.entered' then 1 else 0 end)
             over (stay rows between unbounded preceding and 1 preceding) as ended_before
      from ev
     where name in ('queue.entered', 'queue.left', 'agent.answered') and queue_id is not null
    window stay as (partition by call_ref, queue_id order by at, rank, id)
  ), entry as (
    select came.call_ref, came.queue_id, came.at as entered_at, gone.at as ended_at, gone.agent_id,
           case when gone.name = 'agent.answered' then 'answered' else gone.how end as ending,
           coalesce(gone.at - came.at, 0) as wait_ms
      from (select *, coalesce(ended_before, 0) as turn from steps
             where name = 'queue.entered' and before is distinct from 'queue.entered') as came
      left join (select *, coalesce(ended_before, 0) as turn from steps where name <> 'queue.entered') as gone
        on gone.call_ref = came.call_ref and gone.queue_id = came.queue_id and gone.turn = came.turn
  ), passed as (
    select entry.*, ending = 'answered' and exists (
             select from call_event moved
              where moved.source = 'pbx' and moved.name = 'agent.transferred' and moved.call_ref = entry.call_ref
                and moved.agent_id = entry.agent_id and moved.at >= entry.ended_at
                and not exists (select from call_event anew
                                 where anew.source = 'pbx' and anew.name in ('agent.answered', 'agent.dialled')
                                   and anew.call_ref = entry.call_ref and anew.agent_id = entry.agent_id
                                   and anew.at > entry.ended_at and anew.at <= moved.at)) as transferred
      from entry
  )`;

const stretches = `
  state as (
    select agent_id, at, detail ->> 'state' as state,
           lag((detail ->> 'state') || coalesce(detail ->> 'reason', '')) over own as before,
           (detail ->> 'state') || coalesce(detail ->> 'reason', '') as what
      from call_event where name = 'agent.state'
    window own as (partition by agent_id order by at)
  ), stretch as (
    select agent_id, state, at as from_at, lead(at) over own as to_at, lag(state) over own as former,
           lead(state) over own as next, lead(at, 2) over own as next_to
      from state where what is distinct from before
    window own as (partition by agent_id order by at)
  )`;

const handles = `
  own as (
    select *, coalesce(sum(case when name = 'agent.left' then 1 else 0 end)
                         over (part rows between unbounded preceding and 1 preceding), 0) as turn
      from ev
     where agent_id is not null
       and name in ('agent.dialled', 'agent.answered', 'agent.held', 'agent.resumed', 'agent.left')
    window part as (partition by call_ref, agent_id order by at, rank, id)
  ), paced as (
    select *, lead(at) over (partition by call_ref, agent_id, turn order by at, rank, id) - at as lasted from own
  ), worked as (
    select call_ref, agent_id, turn, min(at) as began_at, max(at) filter (where name = 'agent.left') as left_at,
           max(queue_id) as queue_id,
           coalesce(sum(lasted) filter (where name = 'agent.dialled'), 0) as dial_ms,
           coalesce(sum(lasted) filter (where name in ('agent.answered', 'agent.resumed')), 0) as talk_ms,
           coalesce(sum(lasted) filter (where name = 'agent.held'), 0) as hold_ms
      from paced group by call_ref, agent_id, turn
    having bool_or(name in ('agent.dialled', 'agent.answered'))
  ), following as (
    select *, lead(began_at) over (partition by call_ref, agent_id order by turn) as anew_at from worked
  ), told as (
    select following.*,
           case when wrapped.at is not null then wrapped.at
                when left_at - early.at <= 60000 then left_at
                when anew_at is not null then left_at end as said_at
      from following
      left join lateral (
        select min(at) as at from call_event where name = 'agent.wrappedUp' and call_ref = following.call_ref
           and agent_id = following.agent_id and at >= left_at and at < coalesce(anew_at, 9e18)) as wrapped on true
      left join lateral (
        select max(at) as at from call_event where name = 'agent.wrappedUp' and call_ref = following.call_ref
           and agent_id = following.agent_id and at >= began_at and at < left_at) as early on true
     where left_at is not null
  ), handle as (
    select told.*, least(said_at, case
             when stretch.state is null then null
             when stretch.state = 'wrapUp' then to_at
             when stretch.state = 'signedOut' then left_at
             when to_at is null then case when former = 'onCall' and stretch.state <> 'onCall'
                                           and left_at - from_at <= 2000 then left_at end
             when stretch.state <> 'onCall' or to_at - left_at > 2000 then left_at
             when next = 'wrapUp' then next_to
             else greatest(left_at, to_at) end) as done_at
      from told
      left join stretch on stretch.agent_id = told.agent_id and from_at <= left_at
       and (to_at is null or left_at < to_at)
  )`;

const quarter = (at: string) => `(${at} / 900000) * 900000`;

export const queueCellsInSql = `
  with ${events}, ${entries}, figure as (
    select passed.*, within_ms, denominator,
           case when ending = 'abandoned' and wait_ms < short_ms then 1 else 0 end as short
      from passed join target using (queue_id)
  ), counted as (
    select ${quarter('entered_at')} as at, queue_id, count(*)::int as offered,
           (count(*) filter (where ending = 'answered'))::int as answered,
           (count(*) filter (where ending = 'abandoned'))::int as abandoned, sum(short)::int as short_abandoned,
           (count(*) filter (where ending = 'callBack'))::int as call_backs,
           (count(*) filter (where ending = 'overflowed'))::int as overflowed,
           (count(*) filter (where ending = 'unseen'))::int as unseen,
           (count(*) filter (where ending is null))::int as waiting,
           (count(*) filter (where ending = 'answered' and wait_ms <= within_ms))::int as answered_in_time,
           (sum(case denominator
                  when 'answered' then (ending is not distinct from 'answered')::int
                  when 'answeredAndAbandoned' then (coalesce(ending, '') in ('answered', 'abandoned'))::int
                  else 1 - short - (ending is not distinct from 'unseen')::int end))::int as level_base,
           coalesce(sum(wait_ms) filter (where ending = 'answered'), 0)::bigint as answer_wait_ms,
           coalesce(max(wait_ms), 0)::bigint as longest_wait_ms,
           (count(*) filter (where transferred))::int as transferred, 0 as answered_here
      from figure group by 1, 2
    union all
    select ${quarter('ended_at')}, queue_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, count(*)::int
      from figure where ending = 'answered' group by 1, 2
  )
  select at, queue_id, sum(offered)::int as offered, sum(answered)::int as answered, sum(abandoned)::int as abandoned,
         sum(short_abandoned)::int as short_abandoned, sum(call_backs)::int as call_backs,
         sum(overflowed)::int as overflowed, sum(unseen)::int as unseen, sum(waiting)::int as waiting,
         sum(answered_in_time)::int as answered_in_time, sum(level_base)::int as level_base,
         sum(answer_wait_ms)::bigint as answer_wait_ms, max(longest_wait_ms)::bigint as longest_wait_ms,
         sum(transferred)::int as transferred, sum(answered_here)::int as answered_here
    from counted group by at, queue_id order by at, queue_id`;

export const agentCellsInSql = `
  with ${events}, ${entries}, ${stretches}, ${handles}, counted as (
    select ${quarter('entered_at')} as at, agent_id, queue_id, 1 as answered, transferred::int as transferred,
           0 as answered_here, 0 as ring_no_answers, 0 as handled, 0::bigint as dial_ms, 0::bigint as talk_ms,
           0::bigint as hold_ms, 0::bigint as after_call_ms
      from passed where ending = 'answered'
    union all
    select ${quarter('ended_at')}, agent_id, queue_id, 0, 0, 1, 0, 0, 0, 0, 0, 0 from passed where ending = 'answered'
    union all
    select ${quarter('at')}, agent_id, coalesce(queue_id, ''), 0, 0, 0, 1, 0, 0, 0, 0, 0
      from ev where name = 'agent.notAnswered' and detail ->> 'how' <> 'withdrawn'
    union all
    select ${quarter('done_at')}, agent_id, coalesce(queue_id, ''), 0, 0, 0, 0, 1, dial_ms, talk_ms, hold_ms,
           done_at - left_at
      from handle where done_at is not null
  )
  select at, agent_id, queue_id, sum(answered)::int as answered, sum(transferred)::int as transferred,
         sum(answered_here)::int as answered_here, sum(ring_no_answers)::int as ring_no_answers,
         sum(handled)::int as handled, sum(dial_ms)::bigint as dial_ms, sum(talk_ms)::bigint as talk_ms,
         sum(hold_ms)::bigint as hold_ms, sum(after_call_ms)::bigint as after_call_ms
    from counted group by at, agent_id, queue_id order by at, agent_id, queue_id`;

export const timeCellsInSql = `
  with ${stretches}, cut as (
    select agent_id, state, at, least(to_at, at + 900000) - greatest(from_at, at) as spent
      from stretch cross join lateral generate_series(${quarter('from_at')}, to_at - 1, 900000) as at
     where to_at is not null and state <> 'signedOut'
  )
  select at, agent_id, coalesce(sum(spent) filter (where state = 'break'), 0)::bigint as break_ms,
         coalesce(sum(spent) filter (where state = 'ready'), 0)::bigint as ready_ms,
         coalesce(sum(spent) filter (where state = 'ringing'), 0)::bigint as ringing_ms,
         coalesce(sum(spent) filter (where state = 'onCall'), 0)::bigint as on_call_ms,
         coalesce(sum(spent) filter (where state = 'wrapUp'), 0)::bigint as wrap_up_ms
    from cut group by at, agent_id order by at, agent_id`;
