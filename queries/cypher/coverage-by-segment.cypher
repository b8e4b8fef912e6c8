/*
topic = "coverage"
title.en = "Who covers what, by segment"
title.ja = "供給状況（セグメント別）"
title.zh = "供應涵蓋情形（依區段）"
description.en = "Distinct vendors and groups of each segment: those with a counted offer, and those that a source lists there. Nobody is 0 only where the list of vendors is complete; else it is not known. * is everywhere but the pair."
description.ja = "セグメントごとの企業数とグループ数。供給が確認された企業と、出典が掲載する企業を合わせて数える。企業一覧が網羅的な場合に限り「なし」とし、それ以外は「不明」とする。*は両国以外のすべて。"
description.zh = "各區段的廠商數與集團數：包括有計入供應的廠商，以及出處列於該區段的廠商。只有在廠商名單完整時才算「無」，否則為「不詳」。* 表示兩國以外的所有地方。"

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
name = "segment"
description.en = "id of the segment"
description.ja = "セグメントのID"
description.zh = "區段的 ID"

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
name = "listed"
description.en = "how many are there only because a source lists them in a segment; blank: not known"
description.ja = "出典がセグメントに掲載しているだけの企業数。空欄は不明"
description.zh = "其中僅因出處將其列於某區段而計入者；空白表示不詳"

[[columns]]
name = "level"
description.en = "how far the list of vendors is meant to be whole"
description.ja = "企業一覧の網羅性"
description.zh = "廠商名單的完整度"

[[columns]]
name = "parts"
description.en = "how many components it has"
description.ja = "含まれる構成要素の数"
description.zh = "所含元件數"

[[columns]]
name = "covered"
description.en = "how many of those have a vendor in the country"
description.ja = "そのうち当該国・地域に供給企業があるものの数"
description.zh = "其中在該國或地區有廠商供應者的數目"

[[columns]]
name = "overlap"
description.en = "of the two countries, on counts of groups: 0 nothing in common, 1 alike; the same in every row of the item"
description.ja = "両国の重複度（グループ数による）。0＝重なりなし、1＝同じ。同じ項目の各行で同値"
description.zh = "兩國的重疊度（依集團數計）：0＝毫無重疊，1＝完全相同；同一項目各列數值相同"
*/
// Who offers each component; * is everywhere but the pair.
MATCH (about:KizunaGraph)
MATCH (c:Component)
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
WITH about, c.row AS row, {
    id: c.id, virtual: coalesce(c.virtual, false), segment: c.segment, nature: c.nature, offers: offers,
    levels: [country IN $pair + ['*'] | coalesce(head([x IN stated WHERE x.country = country | CASE
      WHEN x.level = 2 AND any(offer IN offers WHERE offer.unnamed AND offer.country = country) THEN 1
      ELSE x.level END]), 0)],
    groups: [country IN $pair | size(reduce(seen = [], x IN offers | CASE
      WHEN x.counted AND x.country = country AND NOT x.group IN seen THEN seen + [x.group] ELSE seen END))]
  } AS component
// A virtual component needs no vendor.
WITH about, [c IN collect(component) WHERE NOT c.virtual] AS components
// The same of each segment: a source may list firms in it. They count here, though not in any component.
MATCH (g:Segment)
OPTIONAL MATCH (g)<-[:LISTED_IN]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT about, components, g, v, head,
  CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country,
  CASE size(v.until) WHEN 4 THEN v.until + '-01-01' WHEN 7 THEN v.until + '-01' ELSE v.until END AS gone
WITH about, components, g, collect(CASE WHEN v IS NOT NULL THEN {
    vendor: v.id, group: head.id, country: CASE WHEN country IN $pair THEN country ELSE '*' END,
    unnamed: coalesce(v.placeholder, false),
    counted: NOT coalesce(v.placeholder, false) AND (gone IS NULL OR coalesce(gone > about.as_of, false))
  } END) AS listed
OPTIONAL MATCH (s:SegmentCompleteness {segment: g.id})
WITH about, components, g, listed, s,
  CASE size(s.as_of) WHEN 4 THEN s.as_of + '-01-01' WHEN 7 THEN s.as_of + '-01' ELSE s.as_of END AS said
WITH components, g, listed, collect({country: s.country, level: CASE
    WHEN s.level = 'partial' THEN 1
    WHEN s.level = 'complete' AND about.as_of <= toString(toInteger(left(said, 4)) + 3) + substring(said, 4)
      THEN 2
    ELSE 0
  END}) AS stated
WITH components, g, listed, stated, [c IN components WHERE c.segment = g.id] AS parts
WITH components, {
    id: g.id, name: coalesce(g['name_' + $lang], g.name_en, g.id), row: g.row, layer: g.layer,
    nature: g.nature, listed: listed,
    levels: [country IN $pair + ['*'] | coalesce(head([x IN stated WHERE x.country = country | CASE
      WHEN x.level = 2 AND (any(x IN listed WHERE x.unnamed AND x.country = country)
          OR any(part IN parts
            WHERE any(offer IN part.offers WHERE offer.unnamed AND offer.country = country))) THEN 1
      ELSE x.level END]), 0)]
  } AS segment
WITH components, collect(segment) AS segments
UNWIND segments AS item
WITH item, [item] AS segments, [c IN components WHERE c.segment = item.id] AS components
UNWIND range(0, size($pair)) AS place
WITH item, segments, components, place, ($pair + ['*'])[place] AS country
WITH item, segments, components, place, country,
  reduce(all = [], c IN components |
    all + [x IN c.offers WHERE x.counted AND x.country = country]) AS offering,
  reduce(all = [], s IN segments |
    all + [x IN s.listed WHERE x.counted AND x.country = country]) AS listed,
  // Complete if its segments are, or all its components.
  [level IN [
    reduce(least = null, s IN segments |
      CASE WHEN least <= s.levels[place] THEN least ELSE s.levels[place] END),
    reduce(least = null, c IN components |
      CASE WHEN least <= c.levels[place] THEN least ELSE c.levels[place] END)
  ] WHERE level IS NOT NULL] AS levels,
  // On counts of groups: 0 if no component is offered in both countries, 1 if each by as many.
  reduce(sum = 0, c IN components | sum + c.groups[0] + c.groups[1]) AS total,
  reduce(sum = 0, c IN components | sum + abs(c.groups[0] - c.groups[1])) AS apart
WITH item, segments, components, place, country, offering, listed, total, apart,
  ['unknown', 'partial', 'complete'][reduce(most = 0, level IN levels |
    CASE WHEN level > most THEN level ELSE most END)] AS level,
  reduce(seen = [], x IN offering + listed |
    CASE WHEN x.vendor IN seen THEN seen ELSE seen + [x.vendor] END) AS vendors,
  reduce(seen = [], x IN offering + listed |
    CASE WHEN x.group IN seen THEN seen ELSE seen + [x.group] END) AS groups
WITH item, place, country, level, total, apart, vendors, groups,
  size([x IN listed WHERE none(offer IN offering WHERE offer.vendor = x.vendor)]) AS listed,
  size(components) AS parts,
  size([c IN components WHERE any(x IN c.offers WHERE x.counted AND x.country = country)]) AS covered,
  CASE WHEN size(vendors) > 0 THEN 'count' WHEN level = 'complete' THEN 'none' ELSE 'not known' END AS state
RETURN item.id AS segment, item.name AS name, country, state,
  CASE WHEN state <> 'not known' THEN size(vendors) END AS vendors,
  CASE WHEN state <> 'not known' THEN size(groups) END AS groups,
  CASE WHEN state <> 'not known' THEN listed END AS listed, level, parts, covered,
  CASE WHEN total > 0 THEN 1 - toFloat(apart) / total END AS overlap
ORDER BY item.row, segment, place
