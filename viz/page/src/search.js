/** Search over names in three scripts: a firm must match itself across legal forms, widths and scripts. */

/** @import { Lang, Names, Payload } from "./types.js" */
import { LANGS } from "./text.js";

/** Legal forms, as written after NFKC and lower case; stripped at either end, longest first. */
const LEGAL_FORMS = [
  "股份有限公司",
  "有限責任公司",
  "有限公司",
  "控股公司",
  "公司",
  "株式会社",
  "株式會社",
  "有限会社",
  "合同会社",
  "合名会社",
  "合資会社",
  "(株)",
  "(有)",
  "(同)",
  "集團",
  "グループ",
  "ホールディングス",
  "co., ltd.",
  "co.,ltd.",
  "co. ltd.",
  "co., ltd",
  "co ltd",
  "corporation",
  "incorporated",
  "company",
  "limited",
  "holdings",
  "corp.",
  "corp",
  "inc.",
  "inc",
  "ltd.",
  "ltd",
  "co.",
  "llc",
  "k.k.",
  "kk",
  "plc",
  "gmbh",
  "ag",
  "n.v.",
  "b.v.",
  "s.a.",
  "pte",
].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** Characters that Taiwan and Japan write differently, folded to the Japanese form. */
const VARIANTS = new Map(
  Object.entries(
    Object.fromEntries(
      (
        "亞亜 臺台 灣湾 國国 產産 體体 學学 廣広 澤沢 濱浜 齊斉 電電 氣気 圖図 號号 實実 對対 導導 應応 變変 點点 當当 會会 區区 藝芸 " +
        "寶宝 鐵鉄 數数 斷断 聲声 關関 雙双 發発 總総 處処 來来 萬万 與与 豐豊 邊辺 單単 轉転 輕軽 醫医 驅駆 龍竜 壓圧 圓円 榮栄 " +
        "櫻桜 驛駅 歐欧 價価 畫画 懷懐 樂楽 勵励 淺浅 戰戦 潛潜 纖繊 裝装 藏蔵 藥薬 續続 讀読 賣売 獨独 縣県 顯顕 險険 檢検 驗験 權権 " +
        "劍剣 勞労 鹽塩 擴拡 歸帰 據拠 擧挙 擔担 團団 傳伝 稻稲 惠恵 德徳 繪絵 兒児 邏邏 黑黒 麥麦 彌弥 壽寿 濟済 齋斎 條条 淨浄"
      )
        .split(" ")
        .map((pair) => [...pair]),
    ),
  ),
);

/** Characters that mainland China simplified, each with the one that Taiwan writes. */
for (const [simple, full] of (
  "联聯 华華 讯訊 达達 鸿鴻 业業 东東 电電 气氣 车車 马馬 龙龍 长長 门門 阳陽 陆陸 际際 险險 铁鐵 银銀 铜銅 钢鋼 镜鏡 头頭 顺順 领領 风風 飞飛 " +
  "驱驅 骏駿 丽麗 义義 乐樂 云雲 亚亞 产產 亿億 优優 伟偉 传傳 储儲 关關 兴興 农農 创創 动動 务務 协協 单單 卫衛 厂廠 压壓 发發 变變 启啟 图圖 " +
  "园園 团團 坚堅 备備 宁寧 实實 对對 导導 岛島 师師 广廣 庆慶 应應 开開 张張 强強 归歸 录錄 总總 战戰 扬揚 护護 报報 换換 据據 显顯 术術 机機 " +
  "权權 极極 构構 标標 树樹 桥橋 检檢 欧歐 汇匯 汉漢 济濟 测測 润潤 温溫 湾灣 满滿 滨濱 灯燈 热熱 爱愛 环環 现現 玛瑪 疗療 监監 盘盤 码碼 确確 " +
  "积積 稳穩 简簡 纤纖 纬緯 纯純 纳納 线線 组組 细細 终終 经經 结結 络絡 统統 绿綠 维維 综綜 编編 缆纜 网網 罗羅 脑腦 胶膠 艺藝 节節 药藥 荣榮 " +
  "莱萊 蓝藍 规規 视視 计計 记記 讲講 许許 设設 证證 识識 试試 诚誠 诺諾 读讀 调調 财財 质質 贸貿 资資 赛賽 轮輪 软軟 转轉 轴軸 轻輕 载載 辅輔 " +
  "辉輝 输輸 边邊 运運 进進 远遠 连連 选選 逻邏 邮郵 锋鋒 锐銳 锦錦 键鍵 钰鈺 铭銘 阀閥 韩韓 顶頂 预預 频頻 颖穎 驰馳 验驗 鱼魚 鹏鵬 齐齊 齿齒"
).split(" "))
  VARIANTS.set(simple, VARIANTS.get(full) ?? full);

/** What the quote of a share is called at each exchange, after its number. @type {Record<string, string>} */
const SUFFIX = { TWSE: "TW", TPEx: "TWO", TSE: "T", KRX: "KS", HKEX: "HK" };

/** A share's number, and the number as quotes have it: 2330, 2330.TW. @param {string|undefined} ticker @param {string|undefined} exchange @returns {string[]} */
export function listCodes(ticker, exchange = "") {
  if (!ticker) return [];
  return Object.hasOwn(SUFFIX, exchange) ? [ticker, `${ticker}.${SUFFIX[exchange]}`] : [ticker];
}

/**
 * One spelling for all: NFKC, lower case, katakana, shared characters, no punctuation or space.
 * @param {string} text
 */
export function fold(text) {
  let out = "";
  for (const char of text.normalize("NFKC").toLowerCase()) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0x3041 && code <= 0x3096) out += String.fromCodePoint(code + 0x60);
    else out += VARIANTS.get(char) ?? char;
  }
  return out
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * The name without its legal form, at either end; never empty.
 * @param {string} name
 */
export function stripLegalForm(name) {
  let text = name.normalize("NFKC").toLowerCase().trim();
  for (let again = true; again;) {
    again = false;
    for (const form of LEGAL_FORMS) {
      const latin = /^[a-z]/.test(form);
      if (text.length <= form.length) continue;
      if (text.endsWith(form) && (!latin || /[\s,.、・]/.test(text[text.length - form.length - 1]))) {
        text = text.slice(0, -form.length).replace(/[\s,、・]+$/u, "");
        again = true;
      } else if (!latin && text.startsWith(form)) {
        text = text.slice(form.length).replace(/^[\s,、・]+/u, "");
        again = true;
      }
    }
  }
  return text || name;
}

/** @param {string} name */
export function foldName(name) {
  return fold(stripLegalForm(name)) || fold(name);
}

/**
 * @typedef {{text: string, folded: string, as: "name"|"also"|"former"|"id", lang: Lang|null}} Spelling
 * @typedef {{key: string, kind: string, spellings: Spelling[]}} Entry
 * @typedef {{key: string, kind: string, hit: Spelling, score: number}} Hit
 */

/**
 * @param {string} key @param {string} kind @param {string} id @param {Names} names
 * @param {string[]} [aliases] @param {string[]} [former] @param {string[]} [codes]
 * @returns {Entry}
 */
export function makeEntry(key, kind, id, names, aliases = [], former = [], codes = []) {
  /** @type {Spelling[]} */
  const spellings = [];
  /** @param {string} text @param {Spelling["as"]} as @param {Lang|null} lang */
  const add = (text, as, lang) => {
    const folded = foldName(text);
    if (folded) spellings.push({ text, folded, as, lang });
  };
  for (const lang of LANGS) if (names[lang]) add(names[lang], "name", lang);
  for (const text of aliases) add(text, "also", null);
  for (const text of former) add(text, "former", null);
  for (const text of codes) add(text, "id", null);
  const plain = fold(id);
  if (plain) spellings.push({ text: id, folded: plain, as: "id", lang: null });
  return { key, kind, spellings };
}

/**
 * Everything that has a name, in a fixed order, one at a time: a large data set is read while the browser is idle.
 * @param {Payload} payload
 * @returns {Generator<Entry, void, void>}
 */
export function* listEntries({ segments, components, solutions, vendors }) {
  for (const [i, s] of segments.entries()) yield makeEntry(`segment:${i}`, "segment", s.id, s.names);
  for (const [i, c] of components.entries())
    yield makeEntry(`component:${i}`, "component", c.id, c.names, c.aliases);
  for (const [i, s] of solutions.entries()) yield makeEntry(`solution:${i}`, "solution", s.id, s.names);
  for (const [i, v] of vendors.entries())
    yield makeEntry(
      `vendor:${i}`,
      "vendor",
      v.id,
      v.names,
      v.aliases,
      v.former,
      listCodes(v.ticker, v.exchange),
    );
}

/** @param {Spelling} spelling @param {string} query 0 = no match, higher = better */
function scoreSpelling({ folded, as }, query) {
  const at = folded.indexOf(query);
  if (at < 0) return 0;
  const place = folded === query ? 100 : at === 0 ? 60 : 30;
  return place + { name: 4, also: 3, former: 2, id: 1 }[as] + query.length / folded.length;
}

/**
 * @param {Entry[]} index
 * @param {string} query
 * @param {number} [limit]
 * @returns {{hits: Hit[], total: number}} best first; ties by place in the index
 */
export function search(index, query, limit = 30) {
  const wanted = foldName(query);
  if (!wanted) return { hits: [], total: 0 };
  /** @type {Hit[]} */
  const hits = [];
  for (const { key, kind, spellings } of index) {
    /** @type {Hit|null} */
    let best = null;
    for (const hit of spellings) {
      const score = scoreSpelling(hit, wanted);
      if (score > (best?.score ?? 0)) best = { key, kind, hit, score };
    }
    if (best) hits.push(best);
  }
  const total = hits.length;
  const order = new Map(hits.map((hit, place) => [hit.key, place]));
  hits.sort((a, b) => b.score - a.score || (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  return { hits: hits.slice(0, limit), total };
}
