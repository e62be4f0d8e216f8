import { type Weights, weights } from '../random.ts';
import { type Topic, ticketOf, topic, words } from './topic.ts';

/** Matters that become a ticket. */
export const ticketTopics: Weights<Topic> = weights<Topic>([
  [
    6,
    topic(
      'repair.water.leak',
      'support',
      words(
        '{p} 接口漏水',
        '接头处滴水，已指导关闭进水阀，安排{t}上门。',
        '机身底部有水渍，使用 {n} 年，在保修期内。',
      ),
      words(
        '{p} leaks at the joint',
        'Dripping at the connector. Inlet valve closed by the customer, technician {t} will come.',
        'Water below the appliance, {n} years old, under warranty.',
      ),
      { group: 'purifier', ...ticketOf('repair', 'purifier.leak') },
    ),
  ],
  [
    4,
    topic(
      'repair.water.lowPressure',
      'support',
      words('{p} 出水变小', '冲洗无改善，疑似滤芯堵塞，需上门检测。'),
      words('{p}: little water', 'Flushing did not help, filter may be blocked; needs a visit.'),
      { group: 'purifier', ...ticketOf('repair', 'purifier.noWater') },
    ),
  ],
  [
    3,
    topic(
      'repair.water.taste',
      'support',
      words('{p} 出水有异味', '更换滤芯后仍有异味，安排取水样检测。'),
      words('{p}: water tastes odd', 'Still so after a filter change; a sample will be tested.'),
      { group: 'purifier', ...ticketOf('repair', 'purifier.taste') },
    ),
  ],
  [
    6,
    topic(
      'repair.heating.noHotWater',
      'support',
      words('{p} 无热水', '显示正常但不出热水，家中有老人，请尽快。', '昨晚起无热水，已排除停气。'),
      words(
        '{p}: no hot water',
        'Display normal, water stays cold; elderly person at home.',
        'None since last night, gas supply is fine.',
      ),
      { group: 'heater', ...ticketOf('repair', 'heater.noHotWater', 'major') },
    ),
  ],
  [
    4,
    topic(
      'repair.heating.unstable',
      'support',
      words('{p} 忽冷忽热', '洗澡时水温波动，水压正常，需上门调试。'),
      words(
        '{p}: hot and cold in turn',
        'Temperature goes up and down in the shower, pressure normal.',
      ),
      { group: 'heater', ...ticketOf('repair', 'heater.unstable') },
    ),
  ],
  [
    3,
    topic(
      'repair.electric.errorCode',
      'support',
      words('{p} 报 E{n} 故障', '断电重启后再次出现，需上门检修。'),
      words('{p} shows error E{n}', 'Came back after a restart; needs a visit.'),
      { group: 'heater', ...ticketOf('repair', 'heater.errorCode') },
    ),
  ],
  [
    3,
    topic(
      'repair.heating.noHeat',
      'support',
      words('{p} 采暖不热', '水压低于 0.8 bar，补水后仍下降。'),
      words('{p}: radiators stay cold', 'Pressure below 0.8 bar, falls again after filling.'),
      { group: 'boiler', ...ticketOf('repair', 'boiler.noHeat', 'major') },
    ),
  ],
  [
    1,
    topic(
      'repair.danger.gas',
      'urgent',
      words('闻到燃气异味', '已告知关闭总阀、开窗、勿动电器，抢修人员出发。'),
      words(
        'Smell of gas',
        'Told to close the main valve, open windows and touch no switch; emergency crew is on its way.',
      ),
      ticketOf('repair', 'safety.gas', 'urgent'),
    ),
  ],
  [
    1,
    topic(
      'repair.danger.flood',
      'urgent',
      words('{p} 爆管漏水', '水已流到楼下，指导关总阀，{t} 30 分钟内到达。'),
      words(
        '{p}: burst pipe',
        'Water runs downstairs; main valve closed, {t} arrives within 30 minutes.',
      ),
      ticketOf('repair', 'safety.flood', 'urgent'),
    ),
  ],
  [
    3,
    topic(
      'complaint.service.delay',
      'support',
      words('投诉上门不及时', '约定{d}上午未到，也无人联系，要求解释。'),
      words('Complaint: nobody came', 'Appointment on {d} was missed and nobody called.'),
      ticketOf('complaint', 'complaint.delay', 'major'),
    ),
  ],
  [
    2,
    topic(
      'complaint.service.repeat',
      'support',
      words('投诉反复维修', '{p} 三个月内维修 {n} 次，要求换机。'),
      words(
        'Complaint: repaired again and again',
        '{p} repaired {n} times in three months; wants another one.',
      ),
      ticketOf('complaint', 'complaint.quality', 'major'),
    ),
  ],
  [
    2,
    topic(
      'complaint.service.charge',
      'support',
      words('收费争议', '认为配件费过高，要求提供收费明细。'),
      words('Dispute over charges', 'Finds the parts too dear, asks for a detailed bill.'),
      ticketOf('complaint', 'complaint.charge'),
    ),
  ],
  [
    3,
    topic(
      'order.follow.return',
      'orders',
      words('{p} 退换货', '尺寸不合适，未拆封，申请退货。'),
      words('{p} to be returned', 'Does not fit, unopened.'),
      ticketOf('serviceRequest', 'order.return'),
    ),
  ],
  [
    2,
    topic(
      'order.billing.refund',
      'orders',
      words('退款未到账', '取消订单已 {n} 天，退款未到，转财务核实。'),
      words('Refund not received', 'Cancelled {n} days ago; finance checks.'),
      ticketOf('serviceRequest', 'order.refund'),
    ),
  ],
  [
    2,
    topic(
      'visit.removal',
      'support',
      words('{p} 移机', '{d}搬家，需拆机并在新址安装。'),
      words('Take down and move the {p}', 'Moves house on {d}; take down and install again.'),
      ticketOf('serviceRequest', 'visit.move'),
    ),
  ],
  [
    1,
    topic(
      'feedback.suggestion',
      'support',
      words('建议增加夜间服务', '希望晚八点后也能预约上门。'),
      words('Suggestion: evening visits', 'Would like appointments after eight in the evening.'),
      ticketOf('suggestion', 'voice.suggestion'),
    ),
  ],
  [
    1,
    topic(
      'inquiry.product.feature',
      'sales',
      words('{p} 技术参数待回复', '询问与老旧管道兼容性，需工程师回复。'),
      words('Technical question about the {p}', 'Fits old pipes? An engineer will answer.'),
      ticketOf('inquiry', 'voice.question'),
    ),
  ],
]);
