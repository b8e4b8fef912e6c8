/*
topic = "gaps"
title.en = "Who dominates a component, though others offer it"
title.ja = "他社もある中で供給を主導する企業"
title.zh = "雖有他家供應仍居主導者"
description.en = "The only unit left when only leaders count, or one with a large share of the component's own market that a source states. Never a single point of failure. A blank role counts as a leader's: only where all others are known to be less is one left."
description.ja = "首位企業だけを数えたときに残る唯一の単位、または出典のある高いシェアをもつ単位。単一障害点とは呼ばない。地位が空欄の企業は首位とみなすので、残りがすべて首位でないと分かっている場合に限って挙がる。"
description.zh = "只計領導廠商時僅存的單位，或有出處載明占有率甚高的單位；不稱為單點失效。地位空白者視為領導廠商，因此僅在已知其餘皆非領導時才會列出。"

[[parameters]]
name = "unit"
type = "text"
default = "vendor"
allowed = ["vendor", "group", "country"]
description.en = "what is counted as one"
description.ja = "何を一つと数えるか"
description.zh = "以何者為一個單位"

[[parameters]]
name = "share"
type = "number"
default = 0.5
description.en = "least share, 0 to 1"
description.ja = "シェアの下限（0～1）"
description.zh = "占有率下限（0 至 1）"

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
name = "member"
description.en = "who dominates"
description.ja = "主導する対象"
description.zh = "居主導地位者"

[[columns]]
name = "by"
description.en = "role: the only leader; share: a large share"
description.ja = "role＝唯一の首位、share＝高いシェア"
description.zh = "role＝唯一領導者；share＝占有率高"

[[columns]]
name = "share"
description.en = "share, 0 to 1, where a source says so"
description.ja = "シェア（0～1、出典がある場合のみ）"
description.zh = "占有率（0 至 1，僅在有出處時填寫）"

[[columns]]
name = "share_year"
description.en = "year of the share"
description.ja = "シェアの年"
description.zh = "占有率的年份"

[[columns]]
name = "others"
description.en = "how many others offer it"
description.ja = "ほかに供給する単位の数"
description.zh = "其他供應單位數"
*/
MATCH (c:Component)<-[o:OFFERS]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  AND NOT coalesce(c.virtual, false)
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT c, o, v, head, CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country
WHERE country IN $pair
WITH c, o, CASE $unit WHEN 'vendor' THEN v.id WHEN 'group' THEN head.id ELSE country END AS member,
  // A blank role passes, nobody says that the vendor is no leader; but nobody leads by blanks alone.
  o.role IS NULL OR o.role = 'leader' AS leads, coalesce(o.role = 'leader', false) AS stated,
  // A share counts if a source states it, and of the component's own market.
  o.share >= $share AND o.share_of = c.id AND o.source_kind IN ['cited', 'report'] AS major
WITH c, count(DISTINCT member) AS members,
  collect(DISTINCT CASE WHEN leads THEN member END) AS leading,
  count(CASE WHEN stated THEN 1 END) AS stated,
  collect(DISTINCT CASE WHEN major THEN member END) AS majors,
  max(CASE WHEN major THEN o.share END) AS share,
  max(CASE WHEN major THEN o.share_year END) AS share_year
WITH c, members, CASE WHEN stated > 0 THEN leading ELSE [] END AS leaders, majors, share, share_year
// One leader, or one with a large share; if they are two, neither dominates.
WITH c, members, leaders, majors, share, share_year,
  CASE WHEN size(leaders) = 1 THEN leaders[0] WHEN size(majors) = 1 THEN majors[0] END AS member
WHERE members > 1 AND member IS NOT NULL
  AND NOT (size(leaders) = 1 AND size(majors) = 1 AND leaders[0] <> majors[0])
RETURN c.id AS component, coalesce(c['name_' + $lang], c.name_en, c.id) AS name, member,
  CASE WHEN size(leaders) = 1 THEN 'role' ELSE 'share' END AS by,
  CASE WHEN majors = [member] THEN share END AS share,
  CASE WHEN majors = [member] THEN share_year END AS share_year,
  members - 1 AS others
ORDER BY component
