/*
topic = "gaps"
title.en = "Second sources of a component"
title.ja = "構成要素の第二供給源"
title.zh = "元件的第二來源"
description.en = "Who could stand in for a vendor of a component: others of the pair, then abroad, then those not in full volume yet, then the same family, then other alternatives of a choice that it is one of. The vendor's own group is left out."
description.ja = "ある構成要素の供給企業に代わりうる企業。両国の他社、国外、本格量産前、同系統、代替可能な別の選択肢の順に挙げる。その企業のグループは除く。"
description.zh = "可替代某元件供應廠商者：依序為兩國其他廠商、第三國、尚未全面量產者、同一系列、可替代的另一選項。該廠商所屬集團除外。"

[[parameters]]
name = "vendor"
type = "text"
default = "tsmc"
description.en = "id of a vendor"
description.ja = "企業のID"
description.zh = "廠商的 ID"

[[parameters]]
name = "component"
type = "text"
default = "foundry-advanced"
description.en = "id of a component"
description.ja = "構成要素のID"
description.zh = "元件的 ID"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "statuses"
type = "list"
default = ["volume", "limited"]
allowed = ["volume", "limited", "pilot", "announced", "ended"]
description.en = "statuses of offers that count; a blank one always does"
description.ja = "供給とみなす段階。空欄は常に対象"
description.zh = "計入的供應階段；空白者一律計入"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "reason"
description.en = "why it could step in"
description.ja = "代替できる理由"
description.zh = "可替代的理由"

[[columns]]
name = "vendor"
description.en = "id of the vendor"
description.ja = "企業のID"
description.zh = "廠商的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "country"
description.en = "country, ISO 3166-1 alpha-2"
description.ja = "国・地域（ISO 3166-1 alpha-2）"
description.zh = "國家或地區（ISO 3166-1 alpha-2）"

[[columns]]
name = "component"
description.en = "component that it offers"
description.ja = "供給する構成要素"
description.zh = "所供應的元件"

[[columns]]
name = "status"
description.en = "how far the offer is; blank: unknown"
description.ja = "供給の段階。空欄は不明"
description.zh = "供應所處階段；空白表示不明"
*/
// The group of the vendor that is to be replaced offers no second source of its own.
MATCH (:Vendor {id: $vendor})<-[kin:OWNS*0..]-(head:Vendor)
WHERE all(own IN kin
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT head
MATCH (head)-[kin:OWNS*0..]->(member:Vendor)
WHERE all(own IN kin
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
WITH collect(DISTINCT member.id) AS members
MATCH (root:Component {id: $component})
// Other alternatives of the choices that it is one of.
OPTIONAL MATCH (root)<-[one:REQUIRES]-(whole)-[other:REQUIRES]->(instead:Component)
WHERE other.alternatives = one.alternatives AND instead.id <> root.id
WITH members, root, collect(DISTINCT instead.id) AS others
MATCH (c:Component)<-[o:OFFERS]-(v:Vendor)
WHERE (c = root OR c.family = root.family OR c.id IN others) AND NOT v.id IN members
  AND NOT coalesce(v.placeholder, false)
WITH c, o, v, CASE
    WHEN c = root AND (o.status IS NULL OR o.status IN $statuses) AND v.country IN $pair THEN 1
    WHEN c = root AND (o.status IS NULL OR o.status IN $statuses) THEN 2
    WHEN c = root AND o.status <> 'ended' THEN 3
    WHEN c <> root AND c.family = root.family AND (o.status IS NULL OR o.status IN $statuses) THEN 4
    WHEN c <> root AND (o.status IS NULL OR o.status IN $statuses) THEN 5
  END AS rank
WHERE rank IS NOT NULL
RETURN [
    'same component', 'same component, abroad', 'same component, not in volume', 'same family',
    'another alternative'
  ][rank - 1] AS reason,
  v.id AS vendor, coalesce(v['name_' + $lang], v.name_en, v.id) AS name, v.country AS country,
  c.id AS component, o.status AS status
ORDER BY rank, country, vendor, component
