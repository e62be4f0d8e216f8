/** Area codes of the larger German towns without trunk zero: `code zh en`, a low line for a blank. */
export const AREAS_DE =
  '30 柏林 Berlin|40 汉堡 Hamburg|89 慕尼黑 Munich|69 法兰克福 Frankfurt|221 科隆 Cologne|211 杜塞尔多夫 Düsseldorf|' +
  '711 斯图加特 Stuttgart|341 莱比锡 Leipzig|351 德累斯顿 Dresden|511 汉诺威 Hanover|911 纽伦堡 Nuremberg|' +
  '231 多特蒙德 Dortmund|201 埃森 Essen|203 杜伊斯堡 Duisburg|421 不来梅 Bremen|234 波鸿 Bochum|202 伍珀塔尔 Wuppertal|' +
  '228 波恩 Bonn|521 比勒费尔德 Bielefeld|251 明斯特 Münster|721 卡尔斯鲁厄 Karlsruhe|621 曼海姆 Mannheim|' +
  '821 奥格斯堡 Augsburg|611 威斯巴登 Wiesbaden|241 亚琛 Aachen|2161 门兴格拉德巴赫 Mönchengladbach|' +
  '209 盖尔森基兴 Gelsenkirchen|531 不伦瑞克 Brunswick|371 开姆尼茨 Chemnitz|431 基尔 Kiel|391 马格德堡 Magdeburg|' +
  '345 哈雷 Halle|761 弗赖堡 Freiburg|2151 克雷费尔德 Krefeld|6131 美因茨 Mainz|451 吕贝克 Lübeck|361 埃尔福特 Erfurt|' +
  '208 奥伯豪森 Oberhausen|381 罗斯托克 Rostock|561 卡塞尔 Kassel|2331 哈根 Hagen|331 波茨坦 Potsdam|' +
  '681 萨尔布吕肯 Saarbrücken|2381 哈姆 Hamm|441 奥尔登堡 Oldenburg|541 奥斯纳布吕克 Osnabrück|' +
  '2171 勒沃库森 Leverkusen|6221 海德堡 Heidelberg|212 索林根 Solingen|6151 达姆施塔特 Darmstadt|' +
  '2131 诺伊斯 Neuss|941 雷根斯堡 Regensburg|5251 帕德博恩 Paderborn|841 因戈尔施塔特 Ingolstadt|931 维尔茨堡 Würzburg|' +
  '731 乌尔姆 Ulm|7131 海尔布隆 Heilbronn|7231 普福尔茨海姆 Pforzheim|5361 沃尔夫斯堡 Wolfsburg|551 哥廷根 Göttingen|' +
  '7121 罗伊特林根 Reutlingen|261 科布伦茨 Koblenz|471 不来梅港 Bremerhaven|9131 埃尔朗根 Erlangen|' +
  '2191 雷姆沙伊德 Remscheid|651 特里尔 Trier|3641 耶拿 Jena|5341 萨尔茨吉特 Salzgitter|2841 默尔斯 Moers|' +
  '271 锡根 Siegen|5121 希尔德斯海姆 Hildesheim|355 科特布斯 Cottbus|365 格拉 Gera|375 茨维考 Zwickau|' +
  '385 什未林 Schwerin|3643 魏玛 Weimar|641 吉森 Giessen|661 富尔达 Fulda|631 凯泽斯劳滕 Kaiserslautern|' +
  '461 弗伦斯堡 Flensburg|481 海德 Heide|491 莱尔 Leer|4921 埃姆登 Emden|4421 威廉港 Wilhelmshaven|' +
  '4131 吕讷堡 Lüneburg|5141 策勒 Celle|571 明登 Minden|5241 居特斯洛 Gütersloh|5231 代特莫尔德 Detmold|' +
  '591 林根 Lingen|5921 诺德霍恩 Nordhorn|6421 马尔堡 Marburg|6441 韦茨拉尔 Wetzlar|6181 哈瑙 Hanau|' +
  '6021 阿沙芬堡 Aschaffenburg|6241 沃尔姆斯 Worms|6232 施派尔 Speyer|6321 诺伊施塔特 Neustadt|' +
  '7071 图宾根 Tübingen|7531 康斯坦茨 Konstanz|7221 巴登-巴登 Baden-Baden|781 奥芬堡 Offenburg|' +
  '751 拉芬斯堡 Ravensburg|7541 腓特烈港 Friedrichshafen|831 肯普滕 Kempten|851 帕绍 Passau|871 兰茨胡特 Landshut|' +
  '8031 罗森海姆 Rosenheim|921 拜罗伊特 Bayreuth|951 班贝格 Bamberg|961 魏登 Weiden|981 安斯巴赫 Ansbach|' +
  '9561 科堡 Coburg|9281 霍夫 Hof|9721 施韦因富特 Schweinfurt|395 新勃兰登堡 Neubrandenburg|335 奥得河畔法兰克福 Frankfurt_(Oder)|' +
  '3831 施特拉尔松德 Stralsund|3834 格赖夫斯瓦尔德 Greifswald|3841 维斯马 Wismar|340 德绍 Dessau|3581 格尔利茨 Görlitz|' +
  '3591 包岑 Bautzen|3741 普劳恩 Plauen|3491 维滕贝格 Wittenberg|3691 爱森纳赫 Eisenach';
