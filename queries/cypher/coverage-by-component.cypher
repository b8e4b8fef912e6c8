/*
topic = "coverage"
title.en = "Who covers what, by component"
title.ja = "供給状況（構成要素別）"
title.zh = "供應涵蓋情形（依元件）"
description.en = "How many vendors and groups offer each component in each country. Nobody is 0 only where the list of vendors is complete; else it is not known. * is everywhere but the pair."
description.ja = "各構成要素を、どの国・地域で何社・何グループが供給しているか。企業一覧が網羅的な場合に限り「なし」とし、それ以外は「不明」とする。*は両国以外のすべて。"
description.zh = "各元件在各國有多少廠商與集團供應。只有在廠商名單完整時才算「無」，否則為「不詳」。* 表示兩國以外的所有地方。"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "country_by"
type = "text"
default = "seat"
allowed = ["seat", "owner"]
description.en = "whose country a vendor has: of its own seat, or of its ultimate owner's"
description.ja = "企業の国の決め方。seat＝自身の所在地、owner＝最終親会社の所在地"
description.zh = "廠商國別的判定：seat＝本身所在地，owner＝最終母公司所在地"

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
name = "segment"
description.en = "segment that it is part of"
description.ja = "属するセグメント"
description.zh = "所屬區段"

[[columns]]
name = "country"
description.en = "country, ISO 3166-1 alpha-2"
description.ja = "国・地域（ISO 3166-1 alpha-2）"
description.zh = "國家或地區（ISO 3166-1 alpha-2）"

[[columns]]
name = "state"
description.en = "count; none: nobody, and the list is complete; not known: the data are silent"
description.ja = "count＝供給あり、none＝一覧が網羅的で供給者なし、not known＝データからは不明"
description.zh = "count＝有廠商；none＝名單完整且無人供應；not known＝資料未載，不得而知"

[[columns]]
name = "vendors"
description.en = "distinct vendors; blank: not known"
description.ja = "企業数（重複なし）。空欄は不明"
description.zh = "廠商數（不重複）；空白表示不詳"

[[columns]]
name = "groups"
description.en = "groups that they form; blank: not known"
description.ja = "それらが属するグループ数。空欄は不明"
description.zh = "所屬集團數；空白表示不詳"

[[columns]]
name = "level"
description.en = "how far the list of vendors is meant to be whole"
description.ja = "企業一覧の網羅性"
description.zh = "廠商名單的完整度"
*/
// Who offers each component that needs a vendor; * is everywhere but the pair.
MATCH (about:KizunaGraph)
MATCH (c:Component)
WHERE NOT coalesce(c.virtual, false)
OPTIONAL MATCH (c)<-[o:OFFERS]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT about, c, o, v, head,
  CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country
WITH about, c, collect(CASE WHEN v IS NOT NULL THEN {
    vendor: v.id, group: head.id, country: CASE WHEN country IN $pair THEN country ELSE '*' END,
    // A blank status counts. A placeholder stands for firms that nobody has named: it is not counted, and
    // shows that the list is not complete.
    unnamed: coalesce(v.placeholder, false),
    counted: (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } END) AS offers
// How far its list of vendors is meant to be whole: 2 complete, 1 partial, 0 unknown. That it was complete
// counts for 36 months; a partial date stands for its first day.
OPTIONAL MATCH (s:Completeness {component: c.id})
WITH about, c, offers, s,
  CASE size(s.as_of) WHEN 4 THEN s.as_of + '-01-01' WHEN 7 THEN s.as_of + '-01' ELSE s.as_of END AS said
WITH about, c, offers, collect({country: s.country, level: CASE
    WHEN s.level = 'partial' THEN 1
    WHEN s.level = 'complete' AND about.as_of <= toString(toInteger(left(said, 4)) + 3) + substring(said, 4)
      THEN 2
    ELSE 0
  END}) AS stated
UNWIND range(0, size($pair)) AS place
WITH c, offers, stated, place, ($pair + ['*'])[place] AS country
WITH c, place, country,
  size([x IN offers WHERE x.counted AND x.country = country]) AS vendors,
  size(reduce(seen = [], x IN offers | CASE
    WHEN x.counted AND x.country = country AND NOT x.group IN seen THEN seen + [x.group]
      ELSE seen END)) AS groups,
  ['unknown', 'partial', 'complete'][coalesce(head([x IN stated WHERE x.country = country | CASE
    WHEN x.level = 2 AND any(offer IN offers WHERE offer.unnamed AND offer.country = country) THEN 1
    ELSE x.level END]), 0)] AS level
// Nobody is 0 only where the list is complete.
WITH c, place, country, vendors, groups, level,
  CASE WHEN vendors > 0 THEN 'count' WHEN level = 'complete' THEN 'none' ELSE 'not known' END AS state
RETURN c.id AS component, coalesce(c['name_' + $lang], c.name_en, c.id) AS name, c.segment AS segment,
  country, state,
  CASE WHEN state <> 'not known' THEN vendors END AS vendors,
  CASE WHEN state <> 'not known' THEN groups END AS groups, level
ORDER BY c.row, component, place
