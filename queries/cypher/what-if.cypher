/*
topic = "gaps"
title.en = "What if some vendors, groups, countries or components were gone, and others stepped in"
title.ja = "企業・グループ・国・構成要素が失われ、他社が参入したらどうなるか"
title.zh = "若某些廠商、集團、國家或元件消失，而由他人遞補會怎樣"
description.en = "Every component and solution that is lost or won, over every hop; those saved, which would be lost if of some choice an alternative that is lost had been the only one; and components weakened, which several groups could deliver before and one alone can after. Imports stay as they were: they cover only what nobody of the pair offered before; a vendor abroad that is named, by its country or group too, is gone. No rows: nothing changes. It says whether a thing can be had, not how much, how soon or at what price."
description.ja = "失われる、または新たに得られる構成要素とソリューション（段数を問わない）、代替により存続するもの（失われる選択肢しかなければ失われていたもの）、弱まる構成要素（供給できるグループが複数から1つに減るもの）。輸入の範囲は変わらず、もともと両国で誰も供給していなかったものに限るが、国やグループを含めて指定した第三国の企業は失われる。結果が空なら、何も変わらない。「手に入るか否か」だけを表し、数量・納期・価格は表さない。"
description.zh = "無論隔幾層，失去或新增的元件與解決方案；因替代而保全者（若當初只有失去的那個選項，便會失去）；以及減弱的元件（原有多個集團能供應，之後僅剩一個）。進口不變：僅補足兩國原本就無人供應者；但指定的第三國廠商（含經由國家或集團指定者）視為消失。若無結果，表示毫無變化。僅表示「能否取得」，不表示數量、時程或價格。"

[[parameters]]
name = "vendors"
type = "list"
default = ["tsmc"]
description.en = "ids of the vendors that are gone"
description.ja = "失われる企業のID"
description.zh = "失去的廠商 ID"

[[parameters]]
name = "groups"
type = "list"
default = []
description.en = "ids of vendors whose whole groups are gone, whoever heads them"
description.ja = "グループごと失われる企業のID（最上位でなくてよい）"
description.zh = "整個集團失去的廠商 ID（不必為集團之首）"

[[parameters]]
name = "countries"
type = "list"
default = []
description.en = "ISO codes of the countries all of whose vendors are gone"
description.ja = "全企業が失われる国・地域（ISOコード）"
description.zh = "所有廠商均失去的國家或地區（ISO 代碼）"

[[parameters]]
name = "components"
type = "list"
default = []
description.en = "ids of the components that nobody delivers any more; who makes one in house is not hit"
description.ja = "誰も供給しなくなる構成要素のID。内製する企業には影響しない"
description.zh = "無人再供應的元件 ID；自行製造者不受影響"

[[parameters]]
name = "additions"
type = "list"
default = []
description.en = "offers that are assumed, in volume and after all that is gone: vendor=component"
description.ja = "量産と仮定する供給（喪失の後に加わる）：企業ID=構成要素ID"
description.zh = "假設已量產的供應（於消失之後加入）：廠商 ID=元件 ID"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "kinds"
type = "list"
default = ["input", "equipment", "service"]
allowed = ["input", "equipment", "service"]
description.en = "kinds of requirement: all for what is lost in time, input and service for what is lost at once"
description.ja = "必要とするものの種類。時間をおいて失われるものは全種、直ちに失われるものはinputとservice"
description.zh = "需求種類：終將失去者取全部，立即失去者取 input 與 service"

[[parameters]]
name = "statuses"
type = "list"
default = ["volume", "limited"]
allowed = ["volume", "limited", "pilot", "announced", "ended"]
description.en = "statuses of offers that count; a blank one always does"
description.ja = "供給とみなす段階。空欄は常に対象"
description.zh = "計入的供應階段；空白者一律計入"

[[parameters]]
name = "country_by"
type = "text"
default = "seat"
allowed = ["seat", "owner"]
description.en = "whose country a vendor has: of its own seat, or of its ultimate owner's"
description.ja = "企業の国の決め方。seat＝自身の所在地、owner＝最終親会社の所在地"
description.zh = "廠商國別的判定：seat＝本身所在地，owner＝最終母公司所在地"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "change"
description.en = "lost, won, saved or weakened"
description.ja = "lost＝喪失、won＝獲得、saved＝代替により存続、weakened＝弱化"
description.zh = "lost＝失去、won＝新增、saved＝因替代保全、weakened＝減弱"

[[columns]]
name = "label"
description.en = "label of the node"
description.ja = "ノードのラベル"
description.zh = "節點的標籤"

[[columns]]
name = "id"
description.en = "its id"
description.ja = "ID"
description.zh = "ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "because"
description.en = "of what is lost: those of its own requirements that are lost too; none: it loses its vendors"
description.ja = "失われるものについて、自身が必要とするもののうち共に失われるもの。空なら供給企業そのものが失われる"
description.zh = "失去者：其自身需求中一併失去者；若為空，表示失去的是供應廠商本身"

[[columns]]
name = "group"
description.en = "of what is weakened: the group that is left, by its head"
description.ja = "弱まるものについて、残るグループ（最上位の企業）"
description.zh = "減弱者：僅存的集團，以其首為名"

[[columns]]
name = "groups_before"
description.en = "of what is weakened: how many groups could deliver it before"
description.ja = "弱まるものについて、以前に供給できたグループの数"
description.zh = "減弱者：原本能供應的集團數"
*/
// Every target, a component or a solution.
MATCH (t:Component|Solution)
// What it needs: a list of lists, of each of which one is enough. Requirements of one target with the same
// name in `alternatives` are a choice.
OPTIONAL MATCH (t)-[r:REQUIRES]->(part)
WHERE r.kind IS NULL OR r.kind IN $kinds
WITH t, coalesce('choice ' + r.alternatives, labels(part)[0] + ' ' + part.id) AS need,
  collect(labels(part)[0] + ' ' + part.id) AS parts
WITH t, [parts IN collect(parts) WHERE size(parts) > 0] AS needs
// Who offers it. A blank status counts; a placeholder stands for firms that nobody has named.
// The head of its group: up the edges that control, to the firm that nobody controls.
OPTIONAL MATCH (t)<-[o:OFFERS]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT t, needs, o, v, head,
  CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country
WITH t, needs, collect(CASE WHEN v IS NOT NULL THEN {
    vendor: v.id, group: head.id, country: country, home: country IN $pair,
    // What the vendor makes itself for this offer settles that need, or that choice.
    needs: [need IN needs WHERE none(part IN need
      WHERE part IN [made IN coalesce(o.in_house, []) | 'Component ' + made])]
  } END) AS offers
WITH t, needs, offers, t:Solution OR coalesce(t.virtual, false) AS virtual
// Ways to have it. Virtual: its needs alone. Else its offers at home; if there are none, imports, which are
// given.
WITH collect({
    key: labels(t)[0] + ' ' + t.id, virtual: virtual, needs: needs,
    taken: any(offer IN offers WHERE offer.home),
    ways: CASE
      WHEN virtual THEN [{home: false, needs: needs}]
      WHEN any(offer IN offers WHERE offer.home) THEN [offer IN offers WHERE offer.home]
      ELSE offers
    END
  }) AS targets
// Each after all that it requires: round by round those whose needs are all there already.
WITH targets, reduce(sorted = [], round IN range(1, size(targets)) |
    CASE WHEN size(sorted) = size(targets) THEN sorted
      ELSE sorted + [t IN targets WHERE NOT t.key IN sorted
        AND all(need IN t.needs WHERE all(part IN need WHERE part IN sorted)) | t.key] END) AS sorted
WITH [key IN sorted | head([t IN targets WHERE t.key = key])] AS targets
// The groups that are gone, by their heads.
OPTIONAL MATCH (member:Vendor), control = (member)<-[:OWNS*0..]-(head:Vendor)
WHERE member.id IN $groups
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH targets, collect(DISTINCT head.id) AS heads
// Who steps in, and what these vendors make themselves for an offer that they have already.
OPTIONAL MATCH (v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE v.id IN [one IN $additions | split(one, '=')[0]] AND NOT coalesce(v.placeholder, false)
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
OPTIONAL MATCH (v)-[o:OFFERS]->(c:Component)
WHERE v.id + '=' + c.id IN $additions
WITH targets, heads, v, head,
  CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country,
  collect(CASE WHEN c IS NOT NULL THEN {
    key: 'Component ' + c.id, parts: [part IN coalesce(o.in_house, []) | 'Component ' + part]
  } END) AS makes
WITH targets, heads, collect(CASE WHEN v IS NOT NULL THEN {
    vendor: v.id, group: head.id, home: country IN $pair, makes: makes
  } END) AS helpers
// The ways that are left, and those that are new; third countries help only where nobody of the pair offers.
// A component that is gone is delivered by nobody, and a virtual one is no way any more.
WITH [t IN targets | t {.*, rest: [way IN t.ways
    WHERE NOT t.key IN [gone IN $components | 'Component ' + gone]
      AND NOT coalesce(way.vendor IN $vendors, false)
      AND NOT coalesce(way.group IN heads, false)
      AND NOT coalesce(way.country IN $countries, false)]
    + [helper IN helpers
        WHERE any(one IN $additions
            WHERE split(one, '=')[0] = helper.vendor AND 'Component ' + split(one, '=')[1] = t.key)
          AND (helper.home OR NOT t.taken)
      | {group: helper.group, needs: [need IN t.needs WHERE none(part IN need
          WHERE any(made IN helper.makes WHERE made.key = t.key AND part IN made.parts))]}]}] AS targets
// What can be had as things are, and as they would be.
WITH targets, reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS held,
  reduce(left = [], t IN targets |
    CASE WHEN any(way IN t.rest WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN left)))
      THEN left + [t.key] ELSE left END) AS left
// And if each choice had been made for an alternative that is lost, where there is one.
WITH targets, held, left, reduce(firm = [], t IN targets |
    CASE WHEN any(way IN t.rest WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN left)
        AND all(part IN need WHERE part IN firm OR NOT (part IN held OR part IN left))))
      THEN firm + [t.key] ELSE firm END) AS firm
// Who can deliver each component, before and after.
WITH held, left, firm, [t IN targets | t {.key, .virtual,
    before: reduce(groups = [], way IN t.ways |
      CASE WHEN NOT way.group IN groups
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN held))
        THEN groups + [way.group] ELSE groups END),
    after: reduce(groups = [], way IN t.rest |
      CASE WHEN NOT way.group IN groups
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN left))
        THEN groups + [way.group] ELSE groups END)}] AS targets
UNWIND [t IN targets WHERE t.key IN held AND NOT t.key IN left | t {.key, change: 'lost', place: 0}]
  + [t IN targets WHERE t.key IN left AND NOT t.key IN held | t {.key, change: 'won', place: 1}]
  + [t IN targets WHERE t.key IN held AND t.key IN left AND NOT t.key IN firm
      | t {.key, change: 'saved', place: 2}]
  + [t IN targets WHERE NOT t.virtual AND size(t.before) > 1 AND size(t.after) = 1
      | t {.key, change: 'weakened', place: 3, group: t.after[0], groups_before: size(t.before)}] AS row
MATCH (t:Component|Solution)
WHERE labels(t)[0] + ' ' + t.id = row.key
// Which of its own requirements are lost as well; none: only these vendors offer it.
OPTIONAL MATCH (t)-[r:REQUIRES]->(part)
WHERE row.change = 'lost'
  AND labels(part)[0] + ' ' + part.id IN held AND NOT labels(part)[0] + ' ' + part.id IN left
  AND (r.kind IS NULL OR r.kind IN $kinds)
WITH t, row, part
ORDER BY part.id
WITH t, row, collect(part.id) AS because
RETURN row.change AS change, labels(t)[0] AS label, t.id AS id,
  coalesce(t['name_' + $lang], t.name_en, t.id) AS name, because, row.group AS group,
  row.groups_before AS groups_before
ORDER BY row.place, label, id
