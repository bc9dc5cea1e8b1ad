(: Questions to a BaseX database `reports` of rapporteur's XML. Bind one of word, title, state (with year), symbol:
     basex -bword=etienne schema/search/basex.xq
   A line for each answer: the report's file without its ending and, of a paragraph, the number. :)
declare default element namespace "urn:x-rapporteur:report:1";
declare variable $word external := "";
declare variable $title external := "";
declare variable $state external := "";
declare variable $year external := "";
declare variable $symbol external := "";

declare function local:name($of as element()) as xs:string {
  string-join((replace(root($of)/report/meta/source[1]/@originalName, "\.[^.]*$", ""), $of/self::paragraph/@n), " ")
};

(: The words of a line, where a line end of the source is a blank. :)
declare function local:words($of as element()) as xs:string {
  string-join($of//(text() | br) ! (if (self::br) then " " else string(.)))
};

let $reports := db:open("reports")/report
let $found :=
  if ($word) then $reports//paragraph[.//p/local:words(.) contains text {$word} phrase using diacritics insensitive]
  else if ($title) then
    $reports//paragraph[ancestor::section[@agendaItem or @type = ("agendaItem", "subItem")][1]/heading/local:words(.) contains text {$title} phrase using diacritics insensitive]
  else if ($state) then $reports[.//party[@kind = "state"]/@code = $state][substring(header/(docDate/@when, meetingDate/@from)[1], 1, 4) = $year]
  else if ($symbol) then $reports[header/docNumber/@normalized = $symbol]
  else ()
for $one in $found return local:name($one)
