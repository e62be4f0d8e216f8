/** Area codes of the larger British towns without trunk zero: `code zh en`, a low line for a blank. */
export const AREAS_GB =
  '20 伦敦 London|121 伯明翰 Birmingham|161 曼彻斯特 Manchester|113 利兹 Leeds|114 谢菲尔德 Sheffield|' +
  '115 诺丁汉 Nottingham|116 莱斯特 Leicester|117 布里斯托尔 Bristol|118 雷丁 Reading|131 爱丁堡 Edinburgh|' +
  '141 格拉斯哥 Glasgow|151 利物浦 Liverpool|191 泰恩赛德 Tyneside|1913 达勒姆 Durham|1915 桑德兰 Sunderland|1917 桑德兰 Sunderland|1919 达勒姆 Durham|238 南安普敦 Southampton|2311 南安普敦 Southampton|' +
  '239 朴次茅斯 Portsmouth|2310 朴次茅斯 Portsmouth|24 考文垂 Coventry|28 北爱尔兰 Northern_Ireland|2890 贝尔法斯特 Belfast|29 加的夫 Cardiff|' +
  '1202 伯恩茅斯 Bournemouth|1204 博尔顿 Bolton|1206 科尔切斯特 Colchester|1223 剑桥 Cambridge|1224 阿伯丁 Aberdeen|' +
  '1225 巴斯 Bath|1226 巴恩斯利 Barnsley|1227 坎特伯雷 Canterbury|1228 卡莱尔 Carlisle|1234 贝德福德 Bedford|' +
  '1242 切尔滕纳姆 Cheltenham|1244 切斯特 Chester|1245 切姆斯福德 Chelmsford|1253 布莱克浦 Blackpool|' +
  '1254 布莱克本 Blackburn|1270 克鲁 Crewe|1273 布赖顿 Brighton|1274 布拉德福德 Bradford|1282 伯恩利 Burnley|' +
  '1302 唐卡斯特 Doncaster|1325 达灵顿 Darlington|1332 德比 Derby|1382 邓迪 Dundee|1392 埃克塞特 Exeter|' +
  '1422 哈利法克斯 Halifax|1423 哈罗盖特 Harrogate|1432 赫里福德 Hereford|1452 格洛斯特 Gloucester|' +
  '1463 因弗内斯 Inverness|1472 格里姆斯比 Grimsby|1473 伊普斯威奇 Ipswich|1482 赫尔 Hull|1483 吉尔福德 Guildford|' +
  '1484 哈德斯菲尔德 Huddersfield|1522 林肯 Lincoln|1524 兰开斯特 Lancaster|1582 卢顿 Luton|' +
  '1603 诺里奇 Norwich|1604 北安普敦 Northampton|1633 纽波特 Newport|1642 米德尔斯伯勒 Middlesbrough|' +
  '1702 滨海绍森德 Southend-on-Sea|1733 彼得伯勒 Peterborough|1738 珀斯 Perth|1743 什鲁斯伯里 Shrewsbury|' +
  '1752 普利茅斯 Plymouth|1772 普雷斯顿 Preston|1782 特伦特河畔斯托克 Stoke-on-Trent|1785 斯塔福德 Stafford|' +
  '1786 斯特灵 Stirling|1792 斯旺西 Swansea|1793 斯温登 Swindon|1803 托基 Torquay|1865 牛津 Oxford|' +
  '1872 特鲁罗 Truro|1895 阿克斯布里奇 Uxbridge|1902 伍尔弗汉普顿 Wolverhampton|1904 约克 York|1905 伍斯特 Worcester|' +
  '1908 米尔顿凯恩斯 Milton_Keynes|1925 沃灵顿 Warrington|1926 沃里克 Warwick|1942 威根 Wigan|1962 温切斯特 Winchester';
