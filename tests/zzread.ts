import { openedCache, newId } from './support/cacheFixture.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import Sqlite from 'better-sqlite3';
import { connect } from '#electron/cache/connection.ts';
import { cardSql } from '#electron/cache/reads/cardReads.ts';
import { candidateSql } from '#electron/cache/reads/candidateReads.ts';
import { testKey } from './support/cacheFixture.ts';
const N = Number(process.argv[2]); const f = '/tmp/bench/c' + N;
console.log('rss before', process.memoryUsage().rss/1e6|0);
let t = performance.now();
const c = await openedCache(f);
console.log('open ms', performance.now()-t);
const num = (i:number)=>parseNumber('+861' + String(3000000000 + i*7), {country:'CN'});
const nums = Array.from({length:4000},()=>num(Math.floor(Math.random()*N/10)*10));
const q=(a:number[],p:number)=>a.sort((x,y)=>x-y)[Math.floor(a.length*p)]!.toFixed(4);
const db = connect({file:f+'/desk.db', key:testKey}, {cacheKiB:16384, checkpointPages:1000});
const st = { exact: db.prepare(candidateSql.exact), suffix: db.prepare(candidateSql.suffix), customer: db.prepare(cardSql.customer), points: db.prepare(cardSql.points), timeline: db.prepare(cardSql.timeline), total: db.prepare(cardSql.timelineTotal), tickets: db.prepare(cardSql.openTickets), promises: db.prepare(cardSql.promises), orders: db.prepare(cardSql.orders)};
function bare(n: any) { const [r] = st.exact.all(n.matchKeys.exactKey) as any[]; st.suffix.all(n.matchKeys.suffixKey); const id = r.customerId; st.customer.get(id); st.points.all(id); st.timeline.all(id,20); st.total.get(id); st.tickets.all(id); st.promises.all(id); st.orders.all(id); }
function ours(n: any) { const [r] = c.candidates(n); const card = c.card(r!.customerId); if (card!.timeline.length!==20) throw 1; }
for (let round=0; round<4; round++) {
  const a:number[]=[], b:number[]=[];
  for (const [i,n] of nums.entries()) { const first = i%2 ? bare : ours, second = i%2 ? ours : bare;
    let t0=performance.now(); first(n); let d1=performance.now()-t0; t0=performance.now(); second(n); let d2=performance.now()-t0;
    (first===ours?a:b).push(d1); (first===ours?b:a).push(d2); }
  const sum=(x:number[])=>x.reduce((p,q)=>p+q,0);
  console.log('ours p50', q(a,.5),'p99',q(a,.99),'bare p50',q(b,.5),'p99',q(b,.99),'ratio sum', (sum(a)/sum(b)).toFixed(2));
}
if (process.argv[3]) for (const s of ['13000','张伟12','娜娜','Keller','张','+86 130 0000 7']) { t=performance.now(); const h=await c.search.customers(s, 10); console.log('search', s, h.length, (performance.now()-t).toFixed(1)); }
if (process.argv[3]) for (const s of ['13000','张伟12','娜娜','Keller','张','+86 130 0000 7', 'keller 130']) { t=performance.now(); const h=await c.search.customers(s, 10); console.log('search', s, h.length, (performance.now()-t).toFixed(1), h[0]); }
t=performance.now(); for(let i=0;i<100;i++) c.change([{entity:'task',id:newId(),fields:{kind:'care',title:'x',customerId:null,customerName:null,numberRaw:null,callId:null,ticketId:null,ownerId:newId(),ownerName:'x',dueAt:1,state:'open',createdAt:1}}], newId());
console.log('change ms each', (performance.now()-t)/100);
for (let i=0;i<20000;i++) { const [r]=c.candidates(num(Math.floor(Math.random()*N))); if (r) c.card(r.customerId); }
console.log('rss', process.memoryUsage().rss/1e6|0);
await c.close(); db.close();
