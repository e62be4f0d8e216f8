import type { Disposition } from '../../domain/configuration.ts';
import { leavesOf, type TreeNode } from './tree.ts';

const tree: readonly TreeNode[] = [
  [
    'inquiry',
    'Inquiry',
    '咨询',
    [
      [
        'product',
        'Product',
        '产品',
        [
          ['choice', 'Which model fits', '选型建议'],
          ['price', 'Price', '价格'],
          ['feature', 'Features and data', '功能与参数'],
          ['usage', 'How to use it', '使用方法'],
          ['accessory', 'Filters and accessories', '滤芯与配件'],
          ['energy', 'Energy and water use', '能耗与水耗'],
        ],
      ],
      [
        'service',
        'Service',
        '服务',
        [
          ['warranty', 'Warranty terms', '保修政策'],
          ['fee', 'Repair and visit charges', '维修上门收费'],
          ['outlet', 'Service point near the customer', '附近网点'],
          ['hours', 'Opening hours', '服务时间'],
          ['contract', 'Maintenance contract', '保养合约'],
        ],
      ],
      [
        'promotion',
        'Promotion',
        '活动',
        [
          ['current', 'Current offers', '当前优惠'],
          ['tradeIn', 'Trade-in', '以旧换新'],
          ['subsidy', 'Public subsidy', '政府补贴'],
          ['points', 'Points and membership', '积分与会员'],
        ],
      ],
    ],
  ],
  [
    'order',
    'Order',
    '订单',
    [
      [
        'place',
        'New order',
        '下单',
        [
          ['appliance', 'Appliance', '主机'],
          ['filter', 'Filters', '滤芯'],
          ['service', 'Service package', '服务套餐'],
          ['quote', 'Quotation for a project', '工程报价'],
        ],
      ],
      [
        'follow',
        'Existing order',
        '订单跟进',
        [
          ['delivery', 'Where is the delivery', '查询物流'],
          ['date', 'Move the delivery date', '改约送货'],
          ['address', 'Change the address', '修改地址'],
          ['cancel', 'Cancel', '取消订单'],
          ['return', 'Return or exchange', '退换货'],
          ['damaged', 'Arrived damaged', '到货破损'],
        ],
      ],
      [
        'billing',
        'Billing',
        '账单',
        [
          ['invoice', 'Invoice wanted', '开具发票'],
          ['invoiceWrong', 'Invoice to correct', '发票更正'],
          ['payment', 'Payment question', '付款问题'],
          ['refund', 'Refund', '退款进度'],
        ],
      ],
    ],
  ],
  [
    'repair',
    'Repair',
    '报修',
    [
      [
        'water',
        'Water',
        '水路',
        [
          ['leak', 'Leaking', '漏水'],
          ['noWater', 'No water', '不出水'],
          ['lowPressure', 'Low pressure', '水压低'],
          ['taste', 'Taste or smell', '水质异味'],
          ['filterAlarm', 'Filter alarm stays on', '滤芯报警不消'],
        ],
      ],
      [
        'heating',
        'Heating',
        '热水与采暖',
        [
          ['noHotWater', 'No hot water', '无热水'],
          ['unstable', 'Temperature goes up and down', '忽冷忽热'],
          ['noHeat', 'Radiators stay cold', '暖气不热'],
          ['ignition', 'Does not ignite', '点不着火'],
          ['noise', 'Noise', '噪音大'],
        ],
      ],
      [
        'electric',
        'Electric',
        '电路',
        [
          ['trip', 'Breaker trips', '跳闸'],
          ['display', 'Display or panel', '面板显示异常'],
          ['errorCode', 'Error code', '故障代码'],
          ['remote', 'App or Wi-Fi', 'App 与联网'],
        ],
      ],
      [
        'danger',
        'Danger',
        '安全隐患',
        [
          ['gas', 'Smell of gas', '燃气异味'],
          ['flood', 'Flooding', '严重漏水'],
          ['shock', 'Electric shock', '漏电'],
        ],
      ],
    ],
  ],
  [
    'visit',
    'Visit',
    '上门',
    [
      ['install', 'Book an installation', '预约安装'],
      ['maintain', 'Book maintenance', '预约保养'],
      ['move', 'Move an appointment', '改约时间'],
      ['late', 'Technician is late', '催促上门'],
      ['removal', 'Take down and move', '移机拆装'],
      ['survey', 'Look at the home first', '上门勘测'],
    ],
  ],
  [
    'complaint',
    'Complaint',
    '投诉',
    [
      ['product', 'Product quality', '产品质量'],
      [
        'service',
        'Service',
        '服务',
        [
          ['attitude', 'Manner', '服务态度'],
          ['delay', 'Not in time', '不及时'],
          ['repeat', 'Repaired more than once', '反复维修'],
          ['charge', 'Charges', '收费争议'],
        ],
      ],
      ['delivery', 'Delivery', '物流配送'],
      ['advertising', 'Other than advertised', '宣传不符'],
      ['hotline', 'Waited long on the phone', '热线难接通'],
    ],
  ],
  [
    'feedback',
    'Feedback',
    '反馈',
    [
      ['praise', 'Praise', '表扬'],
      ['suggestion', 'Suggestion', '建议'],
      ['survey', 'Survey answered', '回访答复'],
    ],
  ],
  [
    'account',
    'Customer data',
    '客户资料',
    [
      ['number', 'New phone number', '更新电话'],
      ['address', 'New address', '更新地址'],
      ['warrantyCard', 'Register the warranty', '登记保修卡'],
      ['erase', 'Erase personal data', '删除个人信息'],
      ['doNotCall', 'Do not call', '不再来电'],
    ],
  ],
  [
    'outbound',
    'Outbound',
    '外呼',
    [
      ['returnVisit', 'Return visit call', '服务回访'],
      ['filterCare', 'Filter due', '滤芯到期提醒'],
      ['campaign', 'Campaign', '活动邀约'],
      ['appointment', 'Confirm an appointment', '确认预约'],
    ],
  ],
  [
    'other',
    'Other',
    '其他',
    [
      ['wrongNumber', 'Wrong number', '打错电话'],
      ['silent', 'Silent line', '无声电话'],
      ['dropped', 'Cut off', '中途断线'],
      ['prank', 'Nuisance call', '骚扰电话'],
      ['vendor', 'Advertising call', '推销来电'],
      ['internal', 'Colleague', '内部来电'],
      ['transfer', 'Passed to another department', '转其他部门'],
    ],
  ],
];

/** Reason → detail, as a service centre for home appliances tells its calls apart. */
export const defaultDispositions: Disposition[] = leavesOf(tree);
