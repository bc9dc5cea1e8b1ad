// Stage recognition: kinds of texts that are no reports of meetings, by their lines and by their words.
//
// Whatever a meeting talks of, its report has a chair, an agenda, decisions; a sitting taken down word for word has
// applause and speaks in the first person, a licence has a licensee, a story people who said things. No word alone tells,
// and that words of meetings are rare tells little: minutes of experts are about their subject. So a text is held for
// another kind where words of that kind are many, and where nothing that was recognised names a report.

#include "recognition/genre.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>
#include <unordered_map>

#include "grammar/compiled.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t kWindow = 1500;  // words read at the beginning and as many in the middle: a text has shown itself by then

enum class Sort : std::uint8_t { meeting, verbatim, press, legal, science, career, first_person, third_person };
constexpr std::size_t kSorts = 8;

struct Row {
  Sort sort;
  std::string_view words;
};

/// Words of meetings have a row for each thing that they speak of.
constexpr Row kRows[] = {
    {Sort::meeting, "meeting meetings réunion réunions reunión reuniones reunião reuniões sitzung sitzungen tagung заседание заседания заседании заседаний совещание совещания совещании собрание собрания"},
    {Sort::meeting, "session sessions séance séances sesión sesiones sessão sessões сессия сессии сессию conference conférence conferencia conferência konferenz конференция конференции plenary plénière plenaria plenária plenum"},
    {Sort::meeting, "agenda temario pauta tagesordnung повестка повестки повестке повестку"},
    {Sort::meeting, "minutes acta ata protokoll niederschrift verbal протокол протокола rapporteur relator berichterstatter докладчик report rapport informe relatório bericht доклад отчет"},
    {Sort::meeting, "chair chairman chairmen chairperson chairwoman chaired convener convenor président présidente presidente presidenta presidencia vorsitz vorsitzende vorsitzender vorsitzenden председатель председателя председателем"},
    {Sort::meeting, "delegate delegates delegation delegations délégué délégués délégation délégations delegación delegaciones delegado delegados delegação delegações delegierte делегация делегации делегаций representatives représentants representantes vertreter представители представителей"},
    {Sort::meeting, "attended attendance attendees attending participants participated apologies absent quorum assistants asistentes participantes présents anwesend anwesende teilnehmer entschuldigt участники участников присутствовали"},
    {Sort::meeting, "motion motions moved seconded unanimously abstained abstentions abstention voted unanimidad unanimité unanimidade einstimmig enthaltungen единогласно"},
    {Sort::meeting, "adopted agreed approved noted adoption approval adopté adoptée approuvé convenu adoptó aprobó aprobada acordó aprovada aprovado aprovou genehmigt beschlossen beschließt beschluss angenommen утвердил утвердили принял приняли решили одобрил"},
    {Sort::meeting, "committee council commission board subcommittee secretariat senate comité conseil secrétariat consejo comisión secretaría comitê conselho comissão secretaria ausschuss rat beirat gremium sekretariat комитет комитета совет совета комиссия комиссии секретариат секретариата"},
    {Sort::meeting, "adjourned adjournment adjourn welcomed levée clausuró encerrada encerrou закрыл открыл"},
    {Sort::meeting, "item items tagesordnungspunkt"},
    {Sort::verbatim, "applause laughter beifall heiterkeit zuruf zurufe applaudissements rires aplausos risas risos аплодисменты смех оживление honourable"},
    {Sort::press, "bulletin newsletter press subscribe unsubscribe correspondent reporters newsroom"},
    {Sort::legal, "licensee licensor license licence licensed warranty warranties liability merchantability sublicense hereby hereinafter thereof herein enacted statute offence offences shall"},
    {Sort::science, "abstract keywords doi hypothesis bibliography theorem lemma hypotheses dataset proposition"},
    {Sort::career, "vitae employment internship fluent bachelor skills curriculum lebenslauf"},
    {Sort::first_person, "i my me ich mein je mon yo mi eu meu я мой"},
    {Sort::third_person, "she he her his him er ihr ihm elle il lui él ella su ele ela он она его её"},
};
constexpr std::size_t kMeetingRows = 12;

struct Counts {
  std::uint32_t words = 0;
  std::array<std::uint32_t, kSorts> of{};
  std::bitset<std::size(kRows)> rows;
  std::uint32_t kinds = 0;  ///< of how many things of a meeting it speaks

  /// In a thousand words.
  std::uint32_t rate(Sort sort) const { return words == 0 ? 0 : of[static_cast<std::size_t>(sort)] * 1000 / words; }
};

const std::unordered_map<std::string, std::uint8_t>& rows_of_words() {
  static const auto table = [] {
    std::unordered_map<std::string, std::uint8_t> all;
    for (std::uint8_t row = 0; row < std::size(kRows); ++row)
      for (std::string_view rest = kRows[row].words; !rest.empty();) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        all.emplace(folded(rest.substr(0, blank)), row);
        rest.remove_prefix(std::min(rest.size(), blank + 1));
      }
    return all;
  }();
  return table;
}

bool word_byte(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26 || static_cast<unsigned char>(c) >= 0x80; }

void count_line(std::string_view text, std::uint32_t most, Counts& counts) {
  const auto& table = rows_of_words();
  constexpr std::size_t kLongest = 24;
  for (std::size_t at = 0; at < text.size() && counts.words < most;) {
    const std::size_t begin = at;
    while (at < text.size() && word_byte(text[at])) ++at;
    if (at == begin) {
      ++at;
      continue;
    }
    ++counts.words;
    if (at - begin > kLongest) continue;
    const auto found = table.find(folded(text.substr(begin, at - begin)));
    if (found == table.end()) continue;
    ++counts.of[static_cast<std::size_t>(kRows[found->second].sort)];
    counts.rows.set(found->second);
  }
}

Counts counts_of(const Document& document) {
  Counts counts;
  std::size_t i = 0;
  for (; i < document.lines.size() && counts.words < kWindow; ++i) count_line(document.lines[i].match, kWindow, counts);
  for (i = std::max(i, document.lines.size() / 2); i < document.lines.size() && counts.words < 2 * kWindow; ++i) count_line(document.lines[i].match, 2 * kWindow, counts);
  for (std::size_t row = 0; row < kMeetingRows; ++row) counts.kinds += counts.rows[row];
  return counts;
}

/// "x = 3": the sign between blanks.
bool assigns(std::string_view text) {
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1))
    if (at > 0 && text[at - 1] == ' ' && at + 1 < text.size() && text[at + 1] == ' ') return true;
  return false;
}

/// A line of a program, by how it begins, how it ends, or what it does. Not empty.
bool is_code(std::string_view text) {
  static constexpr std::string_view kOpenings[] = {"#include", "#define", "//", "/*", "*/", "def ", "return "};
  const auto opens = [&](std::string_view opening) { return text.front() == opening.front() && text.starts_with(opening); };
  const char last = text.back();
  return last == '{' || last == '}' || (last == ';' && (text.ends_with(");") || text.ends_with("};"))) ||
         std::any_of(std::begin(kOpenings), std::end(kOpenings), opens) || assigns(text);
}

/// Of the first lines, how many are the headers of a message: "From: ...", "Subject: ...".
std::uint32_t mail_headers(const Document& document) {
  static constexpr std::string_view kKeys[] = {"From:", "To:", "Subject:", "Cc:", "CC:", "Sent:", "Von:", "An:", "Betreff:", "De:", "Objet:", "Para:", "Asunto:", "Assunto:", "Message-ID:", "Reply-To:"};
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(document.lines.size(), 20); ++i)
    found += std::any_of(std::begin(kKeys), std::end(kKeys), [&](std::string_view key) { return document.lines[i].match.starts_with(key); });
  return found;
}

/// Most lines end in a figure, and no prose stands between them: a list of prices, a table of measurements.
bool lists_figures(const Work& work) {
  std::uint32_t lines = 0, figures = 0;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const std::string_view text = work.text(i);
    if (text.empty()) continue;
    if (work.prose(i)) return false;
    ++lines;
    figures += text.find_last_of("0123456789") != std::string_view::npos && text.size() - text.find_last_of("0123456789") <= 5;
  }
  return lines >= 8 && figures * 3 > lines * 2;
}

/// What recognition found that only reports and minutes have.
bool named_as_report(const Events& events) {
  return std::any_of(events.begin(), events.end(), [](const Event& e) { return (e.role == Role::field && e.type == "docTitle" && e.rule != no_rule) || e.role == Role::participants; });
}

struct Found {
  std::uint32_t paragraphs = 0, sections = 0, items = 0;
  bool symbol = false;
};

Found found_in(const Events& events) {
  Found found;
  for (const Event& e : events) {
    found.paragraphs += e.role == Role::paragraph;
    found.sections += e.role == Role::section;
    found.items += e.role == Role::section && !e.agenda.empty();
    found.symbol |= e.role == Role::field && e.type == "docNumber";
  }
  return found;
}

}  // namespace

TextKind kind_by_lines(const Document& document) {
  std::uint32_t lines = 0, code = 0, chat = 0, markup = 0;
  for (const Line& line : document.lines) {
    const std::string_view text = line.match;
    if (text.empty()) continue;
    ++lines;
    code += is_code(text);
    const std::size_t at = text[0] == '[' || text[0] == '<' ? 1 : 0;
    const bool time = text.size() > at + 5 && text[at] >= '0' && text[at] <= '2' && (text[at + 2] == ':' || text[at + 1] == ':');
    if (time || (text[0] == '<' && text.find("> ") != std::string_view::npos)) ++chat;
    if (text[0] == '<' && text.size() > 2 && (word_byte(text[1]) || text[1] == '/' || text[1] == '!') && text.find('>') != std::string_view::npos) ++markup;
  }
  if (lines >= 8 && document.lines[0].match.starts_with("<?xml") && markup * 3 > lines) return {"a file of marked-up data"};
  if ((lines >= 8 && code * 4 > lines) || (lines >= 4 && code * 2 > lines)) return {"program code"};
  if (lines >= 8 && chat * 2 > lines) return {"a chat log"};
  return {};
}

TextKind kind_by_words(Work& work, const Events& events) {
  const Found found = found_in(events);
  if (found.items >= 2 || found.paragraphs >= 15) return {};  // costs nothing to know
  const Counts counts = counts_of(work.document);
  const bool named = named_as_report(events);
  const bool silent = counts.kinds <= 3 && counts.rate(Sort::meeting) < 12;  // hardly a word of meetings
  if (counts.rate(Sort::verbatim) >= 2 && counts.rate(Sort::first_person) >= 5) return {"a sitting taken down word for word", true};
  if (counts.rate(Sort::first_person) >= 15 && work.dialogue && !named) return {"a sitting taken down word for word", true};
  if (named) return {};
  if (lists_figures(work)) return {"a list of figures"};
  if (counts.words < 40) return {};
  if (counts.rate(Sort::press) >= 3 && found.paragraphs < 3) return {"a summary for the press", true};
  if (mail_headers(work.document) >= 3) return {"a message by mail"};
  if (counts.rate(Sort::legal) >= 10 && counts.kinds <= 4 && counts.rate(Sort::meeting) < 20) return {"a licence, a contract or a law"};
  if (counts.rate(Sort::science) >= 2 && counts.kinds <= 5 && counts.rate(Sort::meeting) < 15) return {"a scientific paper"};
  if (counts.rate(Sort::career) >= 8 && counts.rate(Sort::meeting) < 25) return {"somebody's curriculum vitae"};
  if (silent && counts.rate(Sort::third_person) >= 25) return {"a story"};
  if (silent && counts.rate(Sort::first_person) >= 20) return {"a letter or a memoir"};
  const bool few = found.paragraphs + found.sections <= (counts.words < 400 ? 6u : 2u);  // experts' minutes may name nothing but their subject
  if (few && counts.kinds <= 1 && counts.rate(Sort::meeting) < 4 && !found.symbol && !work.language.empty()) return {"a text of another kind"};
  return {};
}

}  // namespace rapporteur
