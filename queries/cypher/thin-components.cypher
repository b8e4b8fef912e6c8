/*
topic = "gaps"
title.en = "Components in few hands"
title.ja = "供給者の少ない構成要素"
title.zh = "供應者稀少的元件"
description.en = "Components that at most so many groups of the pair offer, and who offers them abroad. Whether they are single points of failure depends on the chain: see single-points-of-failure."
description.ja = "両国で供給するグループが指定数以下の構成要素と、国外の供給企業。単一障害点かどうかは供給網全体による（single-points-of-failureを参照）。"
description.zh = "兩國中供應集團數不超過指定數目的元件，以及第三國的供應廠商。是否構成單點失效取決於整條供應鏈（見 single-points-of-failure）。"

[[parameters]]
name = "most"
type = "integer"
default = 1
description.en = "largest number of groups"
description.ja = "グループ数の上限"
description.zh = "集團數上限"

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
name = "component"
description.en = "id of the component"
description.ja = "構成要素のID"
description.zh = "元件的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "groups"
description.en = "groups of the pair that offer it"
description.ja = "供給する両国のグループ数"
description.zh = "供應該元件的兩國集團數"

[[columns]]
name = "vendors"
description.en = "their vendors that offer it"
description.ja = "供給する両国の企業"
description.zh = "供應該元件的兩國廠商"

[[columns]]
name = "abroad"
description.en = "vendors elsewhere"
description.ja = "両国以外の企業"
description.zh = "兩國以外的廠商"
*/
// Groups of the pair with a counted offer, and vendors elsewhere.
MATCH (c:Component)<-[o:OFFERS]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT c, v, head, CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country
ORDER BY v.id
WITH c, collect(DISTINCT CASE WHEN country IN $pair THEN head.id END) AS groups,
  collect(CASE WHEN country IN $pair THEN v.id END) AS vendors,
  collect(CASE WHEN NOT country IN $pair THEN v.id END) AS abroad
WHERE size(groups) <= $most
RETURN c.id AS component, coalesce(c['name_' + $lang], c.name_en, c.id) AS name, size(groups) AS groups,
  vendors, abroad
ORDER BY groups, size(vendors), component
