import {
  type Configuration,
  type PhoneConfiguration,
  type ProfileField,
  type Queue,
  usualPhone,
} from '../domain/configuration.ts';
import type { Bilingual } from '../domain/text/text.ts';
import { defaultDispositions } from './lists/dispositions.ts';
import { defaultTicketCategories } from './lists/ticketCategories.ts';

const defaultQueues: Queue[] = [
  queue('support', { en: 'After-sales service', 'zh-CN': '售后服务' }, 60_000),
  queue('orders', { en: 'Orders and billing', 'zh-CN': '订单账单' }, 45_000),
  queue('sales', { en: 'Sales advice', 'zh-CN': '销售咨询' }, 60_000),
  queue('urgent', { en: 'Emergency repair', 'zh-CN': '紧急抢修' }, 90_000),
];

function queue(id: string, name: Bilingual, afterCallMs: number): Queue {
  return { id, name, afterCallMs, autoAnswer: false };
}

const defaultProfileFields: ProfileField[] = [
  { id: 'birthday', label: { en: 'Birthday', 'zh-CN': '生日' }, type: 'date' },
  { id: 'language', label: { en: 'Language', 'zh-CN': '语言' }, type: 'text' },
  { id: 'contactTime', label: { en: 'Best time to call', 'zh-CN': '方便接听时间' }, type: 'text' },
  { id: 'occupation', label: { en: 'Occupation', 'zh-CN': '职业' }, type: 'text' },
  { id: 'company', label: { en: 'Company', 'zh-CN': '工作单位' }, type: 'text' },
  { id: 'companyRole', label: { en: 'Role in the company', 'zh-CN': '职务' }, type: 'text' },
  { id: 'contactPerson', label: { en: 'Contact person', 'zh-CN': '联系人' }, type: 'text' },
  { id: 'industry', label: { en: 'Industry', 'zh-CN': '行业' }, type: 'text' },
  { id: 'household', label: { en: 'People in the household', 'zh-CN': '家庭人数' }, type: 'text' },
  { id: 'homeType', label: { en: 'Kind of home', 'zh-CN': '住宅类型' }, type: 'text' },
  {
    id: 'installedOn',
    label: { en: 'Main appliance installed on', 'zh-CN': '主机安装日期' },
    type: 'date',
  },
  { id: 'warrantyUntil', label: { en: 'Warranty until', 'zh-CN': '保修到期日' }, type: 'date' },
];

/** Numbers of the firm's own partners, invented like everything else. */
const defaultPhone: PhoneConfiguration = {
  ...usualPhone,
  callerIds: [
    { number: '+862160035000', name: { en: 'Service centre', 'zh-CN': '服务中心' } },
    { number: '+862160035200', name: { en: 'Sales', 'zh-CN': '销售部' } },
  ],
  directory: [
    { number: '+862160035700', name: { en: 'Spare parts store', 'zh-CN': '配件仓库' } },
    { number: '+862160035800', name: { en: 'Technicians on duty', 'zh-CN': '值班维修' } },
    { number: '+862160035900', name: { en: 'Delivery partner', 'zh-CN': '物流公司' } },
  ],
};

/**
 * What a new installation starts with: the service centre of an invented firm that sells, installs
 * and services water and heating appliances for homes. An administrator replaces it.
 */
export const defaultConfiguration: Configuration = {
  organisation: { en: 'Chengyu Home Water & Heating', 'zh-CN': '澄屿家居水暖' },
  home: { country: 'CN', areaCode: '021' },
  currency: 'CNY',
  queues: defaultQueues,
  dispositions: defaultDispositions,
  ticketCategories: defaultTicketCategories,
  profileFields: defaultProfileFields,
  breakReasons: ['rest', 'lunch', 'training', 'meeting', 'backOffice', 'missed'],
  phone: defaultPhone,
};
