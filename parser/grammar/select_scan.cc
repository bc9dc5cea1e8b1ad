// Stage grammar: the walk over the beginning of a document that all [[select]] patterns share.

#include "grammar/select_scan.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "grammar/beginnings.h"
#include "text/byte_masks.h"

namespace rapporteur {

struct SelectScan::Scratch {
  using Table = Beginnings<std::uint64_t, Mask>;  ///< which selects of a shelf can match where the text goes on like this

  explicit Scratch(std::size_t shelves) : tables(shelves, Table(13)) {}
  Runner runner;
  std::vector<Table> tables;  ///< by shelf
};

SelectScan::SelectScan() = default;
SelectScan::~SelectScan() = default;

void SelectScan::add(const Select& select) {
  if (x_shelves.empty() || x_shelves.back().selects.size() == kShelf) x_shelves.emplace_back();
  Shelf& shelf = x_shelves.back();
  const Mask bit = Mask{1} << shelf.selects.size();
  shelf.selects.push_back(&select);
  const StartSet& starts = select.starts;
  if (starts.first.all()) shelf.anywhere |= bit;
  if (select.inside_words) shelf.inside |= bit;
  if (!select.inside_lines) shelf.line_signs |= bit;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    if (!starts.first[byte]) continue;
    shelf.firsts[byte] |= bit;
    if (byte < 0x80 && !WordScan::word(static_cast<char>(byte))) shelf.signs |= bit;
    const StartSet::Bytes* nexts = starts.after(static_cast<std::uint8_t>(byte));
    if (nexts == nullptr) shelf.pairs[byte].fill(~std::uint64_t{0});
    for (std::size_t next = 0; nexts != nullptr && next < 256; ++next)
      if ((*nexts)[next]) shelf.pairs[byte][next / 64] |= std::uint64_t{1} << (next % 64);
  }
}

/// One walk for the selects of one shelf.
class SelectScan::Walk {
 public:
  Walk(const Shelf& shelf, Runner& runner, Scratch::Table& known, std::string_view text, bool cut)
      : x_shelf(shelf), x_runner(runner), x_known(known), x_text(text), x_cut(cut), x_wanted(~Mask{0} >> (kShelf - shelf.selects.size())) {}

  Mask found() {
    std::uint64_t in_word = 0;      // 1: the byte before the next 64 belongs to a word of ASCII
    std::uint64_t line_begins = 1;  // 1: it ends a line
    for (std::size_t base = 0; base < x_text.size() && x_wanted != 0; base += 64) {
      const ByteMasks masks = byte_masks(x_text, base);
      const std::uint64_t words = masks.letters | masks.digits | masks.underscores;
      const std::uint64_t inside = words & (words << 1 | in_word);
      in_word = words >> 63;
      std::uint64_t places = (words & ~inside) | masks.beyond_ascii;
      if (const Mask signs = x_shelf.signs & x_wanted; signs != 0) {
        const bool anywhere = (signs & ~x_shelf.line_signs) != 0;
        places |= anywhere ? ~words : ~words & (masks.line_feeds << 1 | line_begins);
      }
      line_begins = masks.line_feeds >> 63;
      if (x_text.size() - base < 64) places &= ~(~std::uint64_t{0} << (x_text.size() - base));
      look_at(base, places, x_wanted);
      if ((x_shelf.inside & x_wanted) != 0) look_at(base, inside, x_wanted & x_shelf.inside);
    }
    try_here(x_shelf.anywhere & x_wanted, x_text.size());
    return x_found;
  }

 private:
  const Shelf& x_shelf;
  Runner& x_runner;
  Scratch::Table& x_known;
  std::string_view x_text;
  bool x_cut;
  Mask x_wanted, x_found = 0;
  Match x_match;

  std::uint8_t byte_at(std::size_t at) const { return at < x_text.size() ? static_cast<std::uint8_t>(x_text[at]) : std::uint8_t{0}; }

  /// Tries some selects at the places of the 64 bytes from `base` on where their first two bytes stand.
  void look_at(std::size_t base, std::uint64_t places, Mask among) {
    for (; places != 0; places &= places - 1) {
      const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(places));
      const auto byte = static_cast<std::uint8_t>(x_text[at]);
      if (!x_shelf.begins(byte, byte_at(at + 1)) || (byte & 0xC0) == 0x80) continue;  // not amid a letter
      if (const Mask here = x_shelf.firsts[byte] & among & x_wanted; here != 0) try_here(here & can_begin(at), at);
    }
  }

  /// Those that can match where the text goes on with the next four letters, or the letters of the next eight bytes where
  /// they are not of ASCII.
  Mask can_begin(std::size_t at) {
    constexpr std::uint64_t kOnes = 0x0101010101010101u, kHighs = kOnes << 7;
    if constexpr (std::endian::native != std::endian::little) return ~Mask{0};
    std::uint64_t beginning = 0;
    if (x_text.size() - at < sizeof beginning) return ~Mask{0};
    std::memcpy(&beginning, x_text.data() + at, sizeof beginning);
    if (((beginning - kOnes) & ~beginning & kHighs) != 0) return ~Mask{0};  // a NUL would look like the end of the text
    std::size_t length = sizeof beginning;
    if ((beginning & kHighs & 0xFFFFFFFFu) == 0) beginning &= 0xFFFFFFFFu, length = 4;
    if (const Mask* const known = x_known.find(beginning)) return *known;
    const Mask can = ask(at, length);
    x_known.keep(beginning, can);
    return can;
  }

  Mask ask(std::size_t at, std::size_t length) const {
    while (at + length < x_text.size() && (byte_at(at + length) & 0xC0) == 0x80) --length;  // no letter is cut in two
    Mask can = x_shelf.anywhere;
    for (Mask may = x_shelf.firsts[byte_at(at)] & ~can; may != 0; may &= may - 1) {
      const Select& select = *x_shelf.selects[static_cast<std::size_t>(std::countr_zero(may))];
      if (select.starts.allows(byte_at(at), byte_at(at + 1)) && select.pattern->get().may_begin_with(x_text.substr(at, length))) can |= may & -may;
    }
    return can;
  }

  /// A pattern is done with where it is found, or where it runs into a limit.
  void try_here(Mask here, std::size_t at) {
    for (; here != 0; here &= here - 1) {
      const Select& select = *x_shelf.selects[static_cast<std::size_t>(std::countr_zero(here))];
      const Runner::Outcome outcome = x_runner.run(*select.pattern, x_text, static_cast<std::uint32_t>(at), x_cut, x_match);
      if (outcome == Runner::Outcome::unmatched) continue;
      x_wanted &= ~(here & -here);
      if (outcome == Runner::Outcome::matched) x_found |= here & -here;
    }
  }
};

std::unique_ptr<SelectScan::Scratch> SelectScan::take() const {
  const std::lock_guard lock(x_mutex);
  if (x_idle.empty()) return std::make_unique<Scratch>(x_shelves.size());
  std::unique_ptr<Scratch> scratch = std::move(x_idle.back());
  x_idle.pop_back();
  return scratch;
}

std::vector<bool> SelectScan::found_in(std::string_view text, bool cut) const {
  std::vector<bool> found;
  std::unique_ptr<Scratch> scratch = take();
  for (std::size_t s = 0; s < x_shelves.size(); ++s) {
    const Mask here = Walk(x_shelves[s], scratch->runner, scratch->tables[s], text, cut).found();
    for (std::size_t i = 0; i < x_shelves[s].selects.size(); ++i) found.push_back((here >> i & 1) != 0);
  }
  const std::lock_guard lock(x_mutex);
  x_idle.push_back(std::move(scratch));
  return found;
}

}  // namespace rapporteur
