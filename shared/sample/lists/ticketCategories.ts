import type { TicketCategory } from '../../domain/configuration.ts';
import { leavesOf, type TreeNode } from './tree.ts';

const tree: readonly TreeNode[] = [
  [
    'purifier',
    'Water purifier',
    '净水器',
    [
      ['leak', 'Leaking', '漏水'],
      ['noWater', 'No or little water', '不出水或水量小'],
      ['taste', 'Taste or smell', '水质异味'],
      ['filter', 'Filter change', '更换滤芯'],
      ['panel', 'Panel or alarm', '面板与报警'],
    ],
  ],
  [
    'softener',
    'Softener',
    '软水机',
    [
      ['hardness', 'Water stays hard', '软化效果差'],
      ['salt', 'Uses much salt', '耗盐异常'],
      ['valve', 'Valve head', '控制阀头'],
    ],
  ],
  [
    'heater',
    'Water heater',
    '热水器',
    [
      ['noHotWater', 'No hot water', '无热水'],
      ['unstable', 'Temperature unstable', '忽冷忽热'],
      ['leak', 'Leaking', '漏水'],
      ['ignition', 'Ignition', '点火故障'],
      ['trip', 'Breaker trips', '跳闸'],
      ['errorCode', 'Error code', '故障代码'],
    ],
  ],
  [
    'boiler',
    'Boiler and heat pump',
    '壁挂炉与热泵',
    [
      ['noHeat', 'No heating', '采暖不热'],
      ['pressure', 'Pressure falls', '水压下降'],
      ['noise', 'Noise', '噪音'],
      ['frost', 'Frost and defrosting', '结霜除霜'],
      ['control', 'Room control', '温控器'],
    ],
  ],
  [
    'safety',
    'Safety',
    '安全',
    [
      ['gas', 'Gas', '燃气'],
      ['electric', 'Electric shock', '漏电'],
      ['flood', 'Flooding', '严重漏水'],
    ],
  ],
  [
    'visit',
    'Visit',
    '上门服务',
    [
      ['install', 'Installation', '安装'],
      ['maintain', 'Maintenance', '保养'],
      ['move', 'Take down and move', '移机'],
    ],
  ],
  [
    'order',
    'Order',
    '订单',
    [
      ['delivery', 'Delivery', '配送'],
      ['return', 'Return or exchange', '退换货'],
      ['invoice', 'Invoice', '发票'],
      ['refund', 'Refund', '退款'],
    ],
  ],
  [
    'complaint',
    'Complaint',
    '投诉',
    [
      ['quality', 'Product quality', '产品质量'],
      ['attitude', 'Manner', '服务态度'],
      ['delay', 'Not in time', '服务不及时'],
      ['charge', 'Charges', '收费争议'],
    ],
  ],
  [
    'voice',
    'Voice of the customer',
    '客户之声',
    [
      ['suggestion', 'Suggestion', '建议'],
      ['praise', 'Praise', '表扬'],
      ['question', 'Question to answer later', '待回复咨询'],
    ],
  ],
];

/** Appliance or matter → what it is about. */
export const defaultTicketCategories: TicketCategory[] = leavesOf(tree);
