// Stage grammar: compiled files to bytes and back, and the folding that tables are compared by.

#include "grammar/compiled.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <utf8proc.h>

namespace rapporteur {

namespace {

/// Appends numbers and strings to one string. Little-endian on every machine that Debian's amd64 and arm64 are.
class ByteWriter {
 public:
  template <typename Number>
  void number(Number value) {
    x_out.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    x_out += value;
  }
  void bytes(const StartSet::Bytes& set) {
    std::uint8_t part = 0;
    for (std::size_t i = 0; i < 256; ++i) {
      part = static_cast<std::uint8_t>(part | (set[i] << (i % 8)));
      if (i % 8 == 7) number(std::exchange(part, 0));
    }
  }
  void aligned_text(std::string_view value, std::size_t alignment) {
    number(static_cast<std::uint32_t>(value.size()));
    x_out.append((alignment - x_out.size() % alignment) % alignment, '\0');
    x_out += value;
  }
  std::string take() { return std::move(x_out); }

 private:
  std::string x_out;
};

/// Reads what ByteWriter wrote. The bytes come out of the program itself, so they are trusted.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : x_bytes(bytes) {}
  template <typename Number>
  Number number() {
    Number value;
    std::memcpy(&value, x_bytes.data() + x_at, sizeof value);
    x_at += sizeof value;
    return value;
  }
  std::string_view text() {
    const auto size = number<std::uint32_t>();
    const std::string_view value = x_bytes.substr(x_at, size);
    x_at += size;
    return value;
  }
  std::string_view aligned_text(std::size_t alignment) {
    const auto size = number<std::uint32_t>();
    x_at += (alignment - x_at % alignment) % alignment;
    const std::string_view value = x_bytes.substr(x_at, size);
    x_at += size;
    return value;
  }
  StartSet::Bytes bytes() {
    StartSet::Bytes set;  // by 64 at a time: a call on one file reads a thousand of these
    for (std::size_t i = 0; i < 256; i += 64) set |= StartSet::Bytes(number<std::uint64_t>()) << i;
    return set;
  }

 private:
  std::string_view x_bytes;
  std::size_t x_at = 0;
};

template <typename Items, typename Write>
void write_list(ByteWriter& out, const Items& items, Write write) {
  out.number(static_cast<std::uint32_t>(items.size()));
  for (const auto& item : items) write(item);
}

template <typename Item, typename Read>
void read_list(ByteReader& in, std::vector<Item>& items, Read read) {
  const auto count = in.number<std::uint32_t>();
  items.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) items.push_back(read());
}

void write_pattern(ByteWriter& out, const LazyPattern& pattern) {
  out.text(pattern.text());
  out.number<std::uint8_t>(pattern.fold());
  out.aligned_text(pattern.get().bytes(), Pattern::alignment);
}

std::shared_ptr<const LazyPattern> read_pattern(ByteReader& in, Use use) {
  std::string text(in.text());
  const bool fold = in.number<std::uint8_t>() != 0;
  return std::make_shared<LazyPattern>(std::move(text), fold, use, in.aligned_text(Pattern::alignment));
}

void write_needs(ByteWriter& out, const std::vector<NeededWords>& needs) {
  write_list(out, needs, [&](const NeededWords& words) { write_list(out, words, [&](const std::string& word) { out.text(word); }); });
}

void read_needs(ByteReader& in, std::vector<NeededWords>& needs) {
  read_list(in, needs, [&] {
    NeededWords words;
    read_list(in, words, [&] { return std::string(in.text()); });
    return words;
  });
}

void write_starts(ByteWriter& out, const StartSet& starts) {
  out.bytes(starts.first);
  write_list(out, starts.second, [&](const auto& pair) {
    out.number(pair.first);
    out.bytes(pair.second);
  });
}

void read_starts(ByteReader& in, StartSet& starts) {
  starts.first = in.bytes();
  read_list(in, starts.second, [&] {
    const auto byte = in.number<std::uint8_t>();
    return std::pair(byte, in.bytes());
  });
}

void write_rule(ByteWriter& out, const CompiledRule& item) {
  const Rule& rule = item.rule;
  out.text(rule.name);
  out.number(rule.emit);
  out.number(rule.zones);
  out.number(rule.looks);
  out.text(rule.type);
  out.number(rule.title_at);
  out.number<std::int32_t>(rule.level);
  out.number(rule.weight);
  out.number<std::uint8_t>(rule.alone);
  out.number<std::uint8_t>(rule.counts ? static_cast<std::uint8_t>(*rule.counts) : capture_count);
  out.number<std::uint8_t>(rule.block);
  out.number(rule.line);
  write_pattern(out, *item.pattern);
  write_starts(out, item.starts);
  out.number(item.digits);
  if (rule.block && rule.alone) out.bytes(item.ends);
  write_needs(out, item.needs);
}

CompiledRule read_rule(ByteReader& in, const CompiledFile& file) {
  CompiledRule item;
  Rule& rule = item.rule;
  rule.name = in.text();
  rule.emit = in.number<Emit>();
  rule.zones = in.number<std::uint8_t>();
  rule.looks = in.number<std::uint8_t>();
  rule.type = in.text();
  rule.title_at = in.number<TitleAt>();
  rule.level = in.number<std::int32_t>();
  rule.weight = in.number<double>();
  rule.alone = in.number<std::uint8_t>() != 0;
  if (const auto counts = in.number<std::uint8_t>(); counts != capture_count) rule.counts = static_cast<Capture>(counts);
  rule.block = in.number<std::uint8_t>() != 0;
  rule.line = in.number<std::uint32_t>();
  rule.grammar_id = file.id;
  rule.file = file.file;
  item.pattern = read_pattern(in, Use::rule);
  read_starts(in, item.starts);
  item.digits = in.number<DigitCuts>();
  if (rule.block && rule.alone) item.ends = in.bytes();
  read_needs(in, item.needs);
  return item;
}

void write_tables(ByteWriter& out, const CompiledFile& file) {
  write_list(out, file.tables, [&](const KeyTable& table) {
    out.text(table.name);
    write_list(out, table.entries, [&](const TableEntry& entry) { out.text(entry.key), out.text(entry.value); });
  });
  write_list(out, file.parties, [&](const Party& party) { out.text(party.code), out.text(party.kind); });
  write_list(out, file.party_names, [&](const DatedName& name) {
    out.text(name.name);
    out.number(name.party);
    out.number(name.from);
    out.number(name.until);
  });
}

void read_tables(ByteReader& in, CompiledFile& file) {
  read_list(in, file.tables, [&] {
    KeyTable table{std::string(in.text()), {}};
    read_list(in, table.entries, [&] {
      const std::string_view key = in.text();
      return TableEntry{key, in.text()};
    });
    return table;
  });
  read_list(in, file.parties, [&] {
    std::string code(in.text());
    return Party{std::move(code), std::string(in.text())};
  });
  read_list(in, file.party_names, [&] {
    DatedName name{in.text()};
    name.party = in.number<std::uint16_t>();
    name.from = in.number<std::uint16_t>();
    name.until = in.number<std::uint16_t>();
    return name;
  });
}

/// Blanks, apostrophes and hyphens that printers use one for the other.
void append_plain(std::string& out, utf8proc_int32_t point) {
  if (point == 0x2019 || point == 0x2018 || point == 0x02BC) point = '\'';
  if (point == 0x2010 || point == 0x2011) point = '-';
  if (point == ' ' || (point >= 9 && point <= 13)) {
    if (!out.empty() && out.back() != ' ') out += ' ';
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(point, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

/// The same as below, of what needs no tables: most keys are asked for in vain, and are plain words.
std::string folded_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == ' ' || (c >= 9 && c <= 13)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void add_closure(const CompiledFile& file, std::vector<const CompiledFile*>& all) {
  if (std::find(all.begin(), all.end(), &file) != all.end()) return;
  all.push_back(&file);
  for (const CompiledFilePtr& base : file.bases) add_closure(*base, all);
}

}  // namespace

std::vector<const CompiledFile*> closure_of(const CompiledFile& file) {
  std::vector<const CompiledFile*> all;
  add_closure(file, all);
  return all;
}

std::string folded(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; })) return folded_ascii(text);
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                          UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  std::array<utf8proc_int32_t, 256> small{};
  std::vector<utf8proc_int32_t> large;
  utf8proc_int32_t* points = small.data();
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto length = static_cast<utf8proc_ssize_t>(text.size());
  utf8proc_ssize_t count = utf8proc_decompose(bytes, length, points, small.size(), options);
  if (count > static_cast<utf8proc_ssize_t>(small.size())) {
    large.resize(static_cast<std::size_t>(count));
    points = large.data();
    count = utf8proc_decompose(bytes, length, points, count, options);
  }
  std::string out;
  if (count < 0) return out;  // not UTF-8: no key is like it
  count = utf8proc_normalize_utf32(points, count, options);
  for (utf8proc_ssize_t i = 0; i < count; ++i) append_plain(out, points[i]);
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string write_compiled(const CompiledFile& file) {
  ByteWriter out;
  for (const std::string* text : {&file.id, &file.title, &file.language, &file.file, &file.sha256}) out.text(*text);
  out.number<std::int32_t>(file.version);
  write_list(out, file.extends, [&](const std::string& id) { out.text(id); });
  write_list(out, file.pieces, [&](const PatternPiece& piece) { out.text(piece.name), out.text(piece.text); });
  write_list(out, file.selects, [&](const Select& select) {
    write_pattern(out, *select.pattern);
    out.number(select.weight);
    out.text(select.reason);
    write_starts(out, select.starts);
    out.number<std::uint8_t>(select.inside_words);
    out.number<std::uint8_t>(select.inside_lines);
  });
  write_list(out, file.rules, [&](const CompiledRule& rule) { write_rule(out, rule); });
  write_tables(out, file);
  return out.take();
}

std::shared_ptr<CompiledFile> read_compiled(std::string_view bytes) {
  ByteReader in(bytes);
  auto file = std::make_shared<CompiledFile>();
  for (std::string* text : {&file->id, &file->title, &file->language, &file->file, &file->sha256}) *text = in.text();
  file->version = in.number<std::int32_t>();
  read_list(in, file->extends, [&] { return std::string(in.text()); });
  read_list(in, file->pieces, [&] {
    std::string name(in.text());
    return PatternPiece{std::move(name), std::string(in.text())};
  });
  read_list(in, file->selects, [&] {
    Select select{read_pattern(in, Use::select)};
    select.weight = in.number<double>();
    select.reason = in.text();
    read_starts(in, select.starts);
    select.inside_words = in.number<std::uint8_t>() != 0;
    select.inside_lines = in.number<std::uint8_t>() != 0;
    return select;
  });
  read_list(in, file->rules, [&] { return read_rule(in, *file); });
  read_tables(in, *file);
  return file;
}

}  // namespace rapporteur
