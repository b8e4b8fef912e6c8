/*
topic = "needs"
title.en = "What a component needs, all the way down"
title.ja = "構成要素が必要とするもの（末端まで）"
title.zh = "元件的所有需求（層層向下）"
description.en = "Everything that a component requires, directly or through what it requires, alternatives of a choice included, with the vendors of either country."
description.ja = "構成要素が直接または間接に必要とするすべて（選択肢の代替を含む）と、両国の供給企業数。"
description.zh = "元件直接或間接需要的一切（含可擇一者），及兩國的供應廠商數。"

[[parameters]]
name = "component"
type = "text"
default = "industrial-robot"
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
name = "hops"
description.en = "fewest steps"
description.ja = "最少の段数"
description.zh = "最少步數"

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
name = "segment"
description.en = "segment that it is part of"
description.ja = "属するセグメント"
description.zh = "所屬區段"

[[columns]]
name = "first"
description.en = "vendors in the first country of the pair"
description.ja = "1番目の国・地域の企業数"
description.zh = "第一個國家或地區的廠商數"

[[columns]]
name = "second"
description.en = "vendors in the second country of the pair"
description.ja = "2番目の国・地域の企業数"
description.zh = "第二個國家或地區的廠商數"
*/
MATCH path = (:Component {id: $component})-[:REQUIRES*]->(x:Component|Solution)
WITH x, min(length(path)) AS hops
// Vendors in the first and the second country of the pair.
WITH x, hops,
  COUNT { MATCH (x)<-[o:OFFERS]-(v:Vendor {country: $pair[0]})
    WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } AS first,
  COUNT { MATCH (x)<-[o:OFFERS]-(v:Vendor {country: $pair[1]})
    WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } AS second
RETURN hops, labels(x)[0] AS label, x.id AS id, coalesce(x['name_' + $lang], x.name_en, x.id) AS name,
  x.segment AS segment, first, second
ORDER BY hops, label, id
