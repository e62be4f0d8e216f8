import type { Bilingual } from '../text/text.ts';
import type { FormField } from './customerForm.ts';

type Choice = FormField['choices'][number];

/** What the agent asks, what the answer is worth (0 to 100), and after how many months it is asked again. */
interface Asked {
  question: Bilingual;
  worth: number;
  staleAfterMonths: number | null;
}

function field(
  id: string,
  label: Bilingual,
  of: Pick<FormField, 'type' | 'kinds' | 'group'>,
  more: Partial<Asked> & { choices?: Choice[] } = {},
): FormField {
  const { question = null, worth = 0, staleAfterMonths = null, choices = [] } = more;
  const { type, kinds, group } = of;
  return {
    ...{ id, label, type, kinds, group, choices, required: false },
    ...{ question, worth, staleAfterMonths, retired: false },
  };
}

/** The registration form of a new installation; an administrator replaces it. */
export const usualFormFields: FormField[] = [
  field(
    'idType',
    { en: 'Identity document', 'zh-CN': '证件类型' },
    { type: 'choice', kinds: ['person'], group: 'identity' },
    {
      choices: [
        { id: 'residentId', label: { en: 'Resident identity card', 'zh-CN': '居民身份证' } },
        { id: 'passport', label: { en: 'Passport', 'zh-CN': '护照' } },
        {
          id: 'homeReturnPermit',
          label: { en: 'Travel permit for Hong Kong, Macao or Taiwan', 'zh-CN': '港澳台通行证' },
        },
        { id: 'drivingLicence', label: { en: 'Driving licence', 'zh-CN': '驾驶证' } },
        { id: 'other', label: { en: 'Other', 'zh-CN': '其他' } },
      ],
    },
  ),
  field(
    'idNumber',
    { en: 'Number of the document', 'zh-CN': '证件号码' },
    { type: 'text', kinds: ['person'], group: 'identity' },
  ),
  field(
    'gender',
    { en: 'Gender', 'zh-CN': '性别' },
    { type: 'choice', kinds: ['person'], group: 'identity' },
    {
      choices: [
        { id: 'female', label: { en: 'Female', 'zh-CN': '女' } },
        { id: 'male', label: { en: 'Male', 'zh-CN': '男' } },
        { id: 'other', label: { en: 'Other', 'zh-CN': '其他' } },
      ],
    },
  ),
  field(
    'birthday',
    { en: 'Birthday', 'zh-CN': '生日' },
    { type: 'date', kinds: ['person'], group: 'identity' },
    {
      question: {
        en: 'When is your birthday? We like to send a greeting.',
        'zh-CN': '方便留一下您的生日吗？到时我们会送上祝福。',
      },
      worth: 70,
    },
  ),
  field(
    'registrationNo',
    { en: 'Company registration number', 'zh-CN': '统一社会信用代码' },
    { type: 'text', kinds: ['company'], group: 'identity' },
    {
      question: {
        en: 'Which registration number goes on the invoice?',
        'zh-CN': '开票用的统一社会信用代码是多少？',
      },
      worth: 40,
    },
  ),
  field(
    'contactPerson',
    { en: 'Contact person', 'zh-CN': '联系人' },
    { type: 'text', kinds: ['company'], group: 'contact' },
    {
      question: { en: 'Whom do we ask for when we call?', 'zh-CN': '以后联系时找哪一位？' },
      worth: 90,
      staleAfterMonths: 12,
    },
  ),
  field(
    'language',
    { en: 'Language', 'zh-CN': '语言' },
    { type: 'choice', kinds: ['person', 'company'], group: 'contact' },
    {
      question: { en: 'Which language do you prefer?', 'zh-CN': '您习惯用哪种语言沟通？' },
      worth: 60,
      choices: [
        { id: 'zh-CN', label: { en: 'Chinese', 'zh-CN': '中文' } },
        { id: 'yue', label: { en: 'Cantonese', 'zh-CN': '粤语' } },
        { id: 'en', label: { en: 'English', 'zh-CN': '英语' } },
        { id: 'ja', label: { en: 'Japanese', 'zh-CN': '日语' } },
        { id: 'ko', label: { en: 'Korean', 'zh-CN': '韩语' } },
        { id: 'other', label: { en: 'Other', 'zh-CN': '其他' } },
      ],
    },
  ),
  field(
    'preferredChannel',
    { en: 'Preferred channel', 'zh-CN': '首选渠道' },
    { type: 'choice', kinds: ['person', 'company'], group: 'contact' },
    {
      question: { en: 'How do you like to be contacted?', 'zh-CN': '您希望我们用什么方式联系您？' },
      worth: 65,
      staleAfterMonths: 24,
      choices: [
        { id: 'phone', label: { en: 'Phone', 'zh-CN': '电话' } },
        { id: 'sms', label: { en: 'Text message', 'zh-CN': '短信' } },
        { id: 'chat', label: { en: 'WeChat', 'zh-CN': '微信' } },
        { id: 'email', label: { en: 'E-mail', 'zh-CN': '电子邮件' } },
        { id: 'post', label: { en: 'Letter', 'zh-CN': '信函' } },
        { id: 'visit', label: { en: 'Visit', 'zh-CN': '上门' } },
      ],
    },
  ),
  field(
    'contactTime',
    { en: 'Best time to call', 'zh-CN': '方便接听时间' },
    { type: 'text', kinds: ['person', 'company'], group: 'contact' },
    {
      question: { en: 'When is a good time to call you?', 'zh-CN': '什么时间给您打电话比较方便？' },
      worth: 55,
      staleAfterMonths: 24,
    },
  ),
  field(
    'chatId',
    { en: 'WeChat', 'zh-CN': '微信号' },
    { type: 'text', kinds: ['person', 'company'], group: 'contact' },
  ),
  field(
    'education',
    { en: 'Education', 'zh-CN': '学历' },
    { type: 'choice', kinds: ['person'], group: 'work' },
    {
      choices: [
        { id: 'school', label: { en: 'School', 'zh-CN': '初中及以下' } },
        { id: 'secondary', label: { en: 'Secondary school', 'zh-CN': '高中或中专' } },
        { id: 'college', label: { en: 'College', 'zh-CN': '大专' } },
        { id: 'bachelor', label: { en: 'Bachelor', 'zh-CN': '本科' } },
        { id: 'master', label: { en: 'Master or higher', 'zh-CN': '硕士及以上' } },
      ],
    },
  ),
  field(
    'occupation',
    { en: 'Occupation', 'zh-CN': '职业' },
    { type: 'text', kinds: ['person'], group: 'work' },
    {
      question: { en: 'What do you do for a living?', 'zh-CN': '请问您从事什么工作？' },
      worth: 45,
      staleAfterMonths: 36,
    },
  ),
  field(
    'company',
    { en: 'Company', 'zh-CN': '工作单位' },
    { type: 'text', kinds: ['person'], group: 'work' },
    {
      question: { en: 'Where do you work?', 'zh-CN': '请问您在哪家单位工作？' },
      worth: 35,
      staleAfterMonths: 24,
    },
  ),
  field(
    'companyRole',
    { en: 'Role in the company', 'zh-CN': '职务' },
    { type: 'text', kinds: ['person', 'company'], group: 'work' },
  ),
  field(
    'industry',
    { en: 'Industry', 'zh-CN': '行业' },
    { type: 'text', kinds: ['company'], group: 'work' },
    {
      question: { en: 'Which industry are you in?', 'zh-CN': '贵公司属于哪个行业？' },
      worth: 60,
    },
  ),
  field(
    'employees',
    { en: 'Employees', 'zh-CN': '员工人数' },
    { type: 'number', kinds: ['company'], group: 'work' },
    {
      question: { en: 'How many people work with you?', 'zh-CN': '贵公司大约有多少人？' },
      worth: 40,
      staleAfterMonths: 24,
    },
  ),
  field(
    'household',
    { en: 'People in the household', 'zh-CN': '家庭人数' },
    { type: 'number', kinds: ['person'], group: 'home' },
    {
      question: { en: 'How many people live in your home?', 'zh-CN': '家里住几口人？' },
      worth: 50,
      staleAfterMonths: 24,
    },
  ),
  field(
    'maritalStatus',
    { en: 'Marital status', 'zh-CN': '婚姻状况' },
    { type: 'choice', kinds: ['person'], group: 'home' },
    {
      choices: [
        { id: 'single', label: { en: 'Single', 'zh-CN': '未婚' } },
        { id: 'married', label: { en: 'Married', 'zh-CN': '已婚' } },
        { id: 'other', label: { en: 'Other', 'zh-CN': '其他' } },
      ],
    },
  ),
  field(
    'children',
    { en: 'Children', 'zh-CN': '子女' },
    { type: 'text', kinds: ['person'], group: 'home' },
  ),
  field(
    'homeType',
    { en: 'Kind of home', 'zh-CN': '住宅类型' },
    { type: 'text', kinds: ['person'], group: 'home' },
    {
      question: { en: 'Do you live in a flat or a house?', 'zh-CN': '您住的是公寓还是独栋？' },
      worth: 40,
    },
  ),
  field(
    'homeArea',
    { en: 'Living area in m²', 'zh-CN': '住宅面积（平方米）' },
    { type: 'number', kinds: ['person'], group: 'home' },
  ),
  field(
    'installedOn',
    { en: 'Main appliance installed on', 'zh-CN': '主机安装日期' },
    { type: 'date', kinds: ['person', 'company'], group: 'home' },
  ),
  field(
    'warrantyUntil',
    { en: 'Warranty until', 'zh-CN': '保修到期日' },
    { type: 'date', kinds: ['person', 'company'], group: 'home' },
  ),
  field(
    'interests',
    { en: 'Interests', 'zh-CN': '兴趣' },
    { type: 'choices', kinds: ['person'], group: 'interests' },
    {
      choices: [
        { id: 'home', label: { en: 'Home and furnishing', 'zh-CN': '家居装修' } },
        { id: 'cooking', label: { en: 'Cooking', 'zh-CN': '烹饪' } },
        { id: 'family', label: { en: 'Family and children', 'zh-CN': '亲子' } },
        { id: 'health', label: { en: 'Health', 'zh-CN': '健康' } },
        { id: 'sports', label: { en: 'Sports', 'zh-CN': '运动' } },
        { id: 'travel', label: { en: 'Travel', 'zh-CN': '旅行' } },
        { id: 'reading', label: { en: 'Reading', 'zh-CN': '阅读' } },
        { id: 'music', label: { en: 'Music', 'zh-CN': '音乐' } },
        { id: 'pets', label: { en: 'Pets', 'zh-CN': '宠物' } },
        { id: 'technology', label: { en: 'Technology', 'zh-CN': '数码' } },
      ],
    },
  ),
  field(
    'buyingPlan',
    { en: 'Plans to buy', 'zh-CN': '购买计划' },
    { type: 'choice', kinds: ['person', 'company'], group: 'interests' },
    {
      question: {
        en: 'Are you planning to buy or renew something?',
        'zh-CN': '近期有购置或更新的打算吗？',
      },
      worth: 75,
      staleAfterMonths: 6,
      choices: [
        { id: 'now', label: { en: 'Now', 'zh-CN': '近期' } },
        { id: 'threeMonths', label: { en: 'Within three months', 'zh-CN': '三个月内' } },
        { id: 'thisYear', label: { en: 'This year', 'zh-CN': '今年内' } },
        { id: 'none', label: { en: 'None', 'zh-CN': '暂无' } },
      ],
    },
  ),
  field(
    'budget',
    { en: 'Budget', 'zh-CN': '预算' },
    { type: 'money', kinds: ['person', 'company'], group: 'interests' },
    {
      question: { en: 'What budget do you have in mind?', 'zh-CN': '您的预算大概是多少？' },
      worth: 60,
      staleAfterMonths: 12,
    },
  ),
  field(
    'heardFrom',
    { en: 'How they found us', 'zh-CN': '了解渠道' },
    { type: 'choice', kinds: ['person', 'company'], group: 'interests' },
    {
      question: { en: 'How did you hear of us?', 'zh-CN': '您是通过什么渠道了解到我们的？' },
      worth: 30,
      choices: [
        { id: 'friends', label: { en: 'Friends or family', 'zh-CN': '亲友介绍' } },
        { id: 'web', label: { en: 'Web', 'zh-CN': '网络' } },
        { id: 'shop', label: { en: 'Shop', 'zh-CN': '门店' } },
        { id: 'advertisement', label: { en: 'Advertisement', 'zh-CN': '广告' } },
        { id: 'other', label: { en: 'Other', 'zh-CN': '其他' } },
      ],
    },
  ),
  field(
    'newsletter',
    { en: 'Wants news of offers', 'zh-CN': '接收优惠信息' },
    { type: 'yesNo', kinds: ['person', 'company'], group: 'interests' },
    {
      question: { en: 'May we tell you of offers?', 'zh-CN': '有优惠活动时可以通知您吗？' },
      worth: 40,
      staleAfterMonths: 24,
    },
  ),
  field(
    'familyNotes',
    { en: 'About the family', 'zh-CN': '家庭情况' },
    { type: 'longText', kinds: ['person'], group: 'other' },
  ),
];
