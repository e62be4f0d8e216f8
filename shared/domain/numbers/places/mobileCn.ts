/** Network operators of mainland China and the blocks MIIT gave them; three digits, four where shared. */
export const OPERATORS_CN: readonly (readonly [zh: string, en: string, prefixes: string])[] = [
  [
    '中国移动',
    'China Mobile',
    '134 135 136 137 138 139 147 148 150 151 152 157 158 159 172 178 182 183 184 187 188 195 197 198',
  ],
  ['中国联通', 'China Unicom', '130 131 132 145 146 155 156 166 175 176 185 186 196'],
  ['中国电信', 'China Telecom', '133 149 153 173 177 180 181 189 190 191 193 199 1740 1741 1742'],
  ['中国电信卫星', 'China Telecom Satellite', '1349 1743 1744 1745'],
  ['中国广电', 'China Broadnet', '192'],
  ['中国移动网虚拟运营商', 'virtual operator on China Mobile', '165 1703 1705 1706'],
  ['中国联通网虚拟运营商', 'virtual operator on China Unicom', '167 171 1704 1707 1708 1709'],
  ['中国电信网虚拟运营商', 'virtual operator on China Telecom', '162 1700 1701 1702'],
];
