// Stage pipeline: annotation of pandoc trees.

#include "pipeline/annotate.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "model/names.h"
#include "model/walk.h"
#include "pipeline/count.h"
#include "readers/pandoc_json.h"

namespace rapporteur {

namespace {

using Json = nlohmann::ordered_json;
using Attributes = std::vector<std::pair<std::string, std::string>>;

constexpr const char* our_class = "rapporteur";        // marks every Div, Span and Header that we annotated
constexpr std::string_view our_prefix = "rapporteur-";  // of attributes' names

/// What is to be said of one leaf, or of one mention in it.
struct Note {
  std::string kind;
  Attributes attributes;
};
struct Mention {
  std::string words;
  Note note;
};
struct Findings {
  std::map<std::uint32_t, Note> leaves;
  std::map<std::uint32_t, std::vector<Mention>> mentions;  // in the order of the text
};

// == what to say ==

class Collector {
 public:
  Collector(const std::vector<std::uint32_t>& leaf_of_line, Findings& findings) : x_leaf_of_line(leaf_of_line), x_findings(findings) {}

  void operator()(const Section& section) {
    const bool item = section.type == SectionType::agendaItem || section.type == SectionType::subItem;
    say(section.at, {item ? "agenda-item" : "heading", {{"type", std::string(name_of(section.type))}, {"n", std::string(section.n)}, {"agenda-item", std::string(section.agenda_item)}}});
  }
  void operator()(const Paragraph& paragraph) {
    say(paragraph.at, {"numbered-paragraph", {{"n", paragraph.n}, {"num", paragraph.num}}});
  }
  void operator()(const Annex& annex) {
    if (annex.presence == Presence::included) say(annex.at, {"annex", {{"n", annex.n}}});
  }
  void operator()(const Fragment& fragment) { say(fragment.at, {"furniture", {{"kind", std::string(name_of(fragment.kind))}}}); }
  void operator()(const Inlines& inlines) {
    walk_inlines(inlines, [this](const Ref& ref) { mention(ref); });
  }

 private:
  std::uint32_t leaf(const Provenance& at) const {
    return at.line == 0 || at.line > x_leaf_of_line.size() ? no_leaf : x_leaf_of_line[at.line - 1];
  }
  void say(const Provenance& at, Note note) {
    if (const std::uint32_t where = leaf(at); where != no_leaf) x_findings.leaves.emplace(where, std::move(note));
  }
  void mention(const Ref& ref) {
    if (ref.type != RefType::annex && ref.type != RefType::appendix) return;
    const std::uint32_t where = leaf(ref.at);
    if (where == no_leaf) return;
    x_findings.mentions[where].push_back({plain_text(ref.children), {"annex-ref", {{"n", std::string(ref.normalized)}, {"status", std::string(name_of(ref.status))}}}});
  }

  const std::vector<std::uint32_t>& x_leaf_of_line;
  Findings& x_findings;
};

// == pandoc's tree ==

std::string tag_of(const Json& node) {
  const auto tag = node.is_object() ? node.find("t") : node.end();
  return node.is_object() && tag != node.end() && tag->is_string() ? tag->get<std::string>() : std::string();
}

Json attributes_of(const Note& note) {
  Json pairs = Json::array();
  for (const auto& [name, value] : note.attributes)
    if (!value.empty()) pairs.push_back({std::string(our_prefix) + name, value});
  return Json::array({"", {our_class, note.kind}, pairs});
}

bool is_ours(const Json& attributes) {
  if (!attributes.is_array() || attributes.size() != 3 || !attributes[1].is_array()) return false;
  return std::find(attributes[1].begin(), attributes[1].end(), our_class) != attributes[1].end();
}

/// A Div or Span that an earlier run put around something.
bool is_our_wrapper(const Json& node, const char* tag) {
  return tag_of(node) == tag && node.contains("c") && node["c"].is_array() && node["c"].size() == 2 && node["c"][1].is_array() && is_ours(node["c"][0]);
}

void add_to_header(Json& header, const Note& note) {
  Json& attributes = header["c"][1];
  const Json ours = attributes_of(note);
  for (const Json& name : ours[1]) attributes[1].push_back(name);
  for (const Json& pair : ours[2]) attributes[2].push_back(pair);
}

void clean_header(Json& header) {
  if (!header["c"].is_array() || header["c"].size() != 3 || !is_ours(header["c"][1])) return;
  Json& attributes = header["c"][1];
  auto& classes = attributes[1].get_ref<Json::array_t&>();
  classes.erase(std::find(classes.begin(), classes.end(), our_class), classes.end());  // ours are the last ones
  std::erase_if(attributes[2].get_ref<Json::array_t&>(), [](const Json& pair) {
    return pair.is_array() && !pair.empty() && pair[0].is_string() && pair[0].get<std::string>().starts_with(our_prefix);
  });
}

/// Puts what stands inside our Spans back into `inlines`, and joins texts that were split for them.
void clean_inlines(Json& inlines) {
  Json clean = Json::array();
  bool join = false;
  const auto add = [&](Json one) {
    if (join && !clean.empty() && tag_of(one) == "Str" && tag_of(clean.back()) == "Str") {
      clean.back()["c"] = clean.back()["c"].get<std::string>() + one["c"].get<std::string>();
    } else {
      clean.push_back(std::move(one));
    }
    join = false;
  };
  for (Json& one : inlines) {
    if (!is_our_wrapper(one, "Span")) {
      add(std::move(one));
      continue;
    }
    join = true;
    for (Json& inner : one["c"][1]) add(std::move(inner));
    join = true;
  }
  inlines = std::move(clean);
}

/// The text of an inline as far as mentions are searched in it.
std::string searched_text(const Json& one) {
  const std::string tag = tag_of(one);
  if (tag == "Str" && one.contains("c") && one["c"].is_string()) return one["c"].get<std::string>();
  if (tag == "Space" || tag == "SoftBreak") return " ";
  return std::string(1, '\x01');  // anything else: never part of a mention
}

bool goes_on(const std::string& text, std::size_t at) {
  return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || static_cast<unsigned char>(text[at]) >= 0xC0);
}

/// Where the words stand as whole words, from `from` on.
std::size_t find_words(const std::string& text, const std::string& words, std::size_t from) {
  std::size_t at = text.find(words, from);
  while (at != std::string::npos && goes_on(text, at + words.size())) at = text.find(words, at + 1);
  return at;
}

/// Puts a Span around the words in this list of inlines, looking from text offset `from`. Returns the offset behind the
/// Span, which counts as one character afterwards.
std::optional<std::size_t> wrap_words(Json& inlines, const Mention& mention, std::size_t from) {
  std::string text;
  std::vector<std::size_t> begins;
  for (const Json& one : inlines) {
    begins.push_back(text.size());
    text += searched_text(one);
  }
  const std::size_t begin = mention.words.empty() ? std::string::npos : find_words(text, mention.words, from);
  if (begin == std::string::npos) return std::nullopt;
  const std::size_t end = begin + mention.words.size();
  Json out = Json::array(), inside = Json::array();
  for (std::size_t i = 0; i < inlines.size(); ++i) {
    const std::size_t at = begins[i], after = i + 1 < begins.size() ? begins[i + 1] : text.size();
    if (after <= begin || at >= end) {
      if (at >= end && !inside.is_null()) {
        out.push_back({{"t", "Span"}, {"c", {attributes_of(mention.note), std::exchange(inside, nullptr)}}});
      }
      out.push_back(std::move(inlines[i]));
      continue;
    }
    if (tag_of(inlines[i]) != "Str") {
      inside.push_back(std::move(inlines[i]));
      continue;
    }
    const std::string whole = inlines[i]["c"].get<std::string>();
    const std::size_t cut = begin > at ? begin - at : 0, stop = std::min(after, end) - at;
    if (cut > 0) out.push_back({{"t", "Str"}, {"c", whole.substr(0, cut)}});
    inside.push_back({{"t", "Str"}, {"c", whole.substr(cut, stop - cut)}});
    if (stop < whole.size()) {
      out.push_back({{"t", "Span"}, {"c", {attributes_of(mention.note), std::exchange(inside, nullptr)}}});
      out.push_back({{"t", "Str"}, {"c", whole.substr(stop)}});
    }
  }
  if (!inside.is_null()) out.push_back({{"t", "Span"}, {"c", {attributes_of(mention.note), inside}}});
  inlines = std::move(out);
  return begin + 1;
}

class Annotator {
 public:
  explicit Annotator(const Findings& findings) : x_findings(findings) {}

  /// Takes our annotations out of a tree, of whatever depth.
  void clean(Json& node) {
    if (node.is_object()) {
      if (tag_of(node) == "Header") clean_header(node);
      if (const auto content = node.find("c"); content != node.end()) clean(*content);
      return;
    }
    if (!node.is_array()) return;
    for (Json& one : node) {
      while (is_our_wrapper(one, "Div") && one["c"][1].size() == 1) one = Json(one["c"][1][0]);
      clean(one);
    }
    if (std::any_of(node.begin(), node.end(), [](const Json& one) { return is_our_wrapper(one, "Span"); })) clean_inlines(node);
  }

  void blocks(Json& list) {
    if (!list.is_array()) return;
    for (Json& one : list) block(one);
  }

 private:
  void block(Json& node) {
    const std::string tag = tag_of(node);
    if (tag.empty() || !node.contains("c")) return;
    if (is_tree_leaf(tag)) return leaf(node, tag);
    Json& c = node["c"];
    if (tag == "BlockQuote") return blocks(c);
    if (tag == "BulletList") return lists(c);
    if (!c.is_array()) return;
    if ((tag == "Div" || tag == "OrderedList") && c.size() == 2) return tag == "Div" ? blocks(c[1]) : lists(c[1]);
    if (tag == "DefinitionList")
      for (Json& entry : c)
        if (entry.is_array() && entry.size() == 2) lists(entry[1]);
    if (tag == "Figure" && c.size() == 3) return blocks(c[2]), caption(c[1]);
    if (tag == "Table" && c.size() == 6) table(c);
  }

  void lists(Json& items) {
    if (!items.is_array()) return;
    for (Json& item : items) blocks(item);
  }
  void caption(Json& c) {
    if (c.is_array() && c.size() == 2) blocks(c[1]);
  }
  void rows(Json& list) {
    if (!list.is_array()) return;
    for (Json& row : list)
      if (row.is_array() && row.size() == 2 && row[1].is_array())
        for (Json& cell : row[1])
          if (cell.is_array() && cell.size() == 5) blocks(cell[4]);
  }
  void table(Json& c) {
    caption(c[1]);
    if (c[3].is_array() && c[3].size() == 2) rows(c[3][1]);
    if (c[4].is_array())
      for (Json& body : c[4])
        if (body.is_array() && body.size() == 4) rows(body[2]), rows(body[3]);
    if (c[5].is_array() && c[5].size() == 2) rows(c[5][1]);
  }

  void leaf(Json& node, const std::string& tag) {
    const std::uint32_t number = x_leaf++;
    if (const auto mentions = x_findings.mentions.find(number); mentions != x_findings.mentions.end() && tag != "CodeBlock" && tag != "LineBlock")
      wrap_mentions(tag == "Header" ? node["c"][2] : node["c"], mentions->second);
    const auto note = x_findings.leaves.find(number);
    if (note == x_findings.leaves.end()) return;
    if (tag == "Header") return add_to_header(node, note->second);
    Json inside = std::move(node);
    node = {{"t", "Div"}, {"c", {attributes_of(note->second), Json::array({std::move(inside)})}}};
  }

  /// Mentions stand in the order of the text; one that crosses a change of style is not found and left out.
  void wrap_mentions(Json& inlines, const std::vector<Mention>& mentions) {
    if (!inlines.is_array()) return;
    std::size_t from = 0;
    for (const Mention& one : mentions) {
      if (const auto behind = wrap_words(inlines, one, from)) from = *behind;
      else wrap_inside(inlines, one);
    }
  }

  /// Looks for the words in the inlines that hold others.
  bool wrap_inside(Json& inlines, const Mention& mention) {
    for (Json& one : inlines) {
      const std::string tag = tag_of(one);
      if (is_our_wrapper(one, "Span") || !one.contains("c") || !one["c"].is_array()) continue;
      const bool plain = tag == "Strong" || tag == "Emph" || tag == "Underline" || tag == "SmallCaps";
      const bool second = (tag == "Link" || tag == "Span" || tag == "Quoted") && one["c"].size() >= 2 && one["c"][1].is_array();
      if (!plain && !second) continue;
      Json& children = plain ? one["c"] : one["c"][1];
      if (wrap_words(children, mention, 0) || wrap_inside(children, mention)) return true;
    }
    return false;
  }

  const Findings& x_findings;
  std::uint32_t x_leaf = 0;
};

// == metadata ==

Json meta_string(const std::string& text) { return {{"t", "MetaString"}, {"c", text}}; }

Json report_meta(const Report& report) {
  const Counts counted = count(report);
  std::map<std::string, std::string> values;  // sorted, as pandoc itself writes metadata
  for (const HeaderField& field : report.header) values.emplace(name_of(field.kind), plain_text(field.text));
  values["paragraphs"] = std::to_string(counted.paragraphs);
  values["agenda-items"] = std::to_string(counted.agenda_items);
  values["annex-references"] = std::to_string(counted.annex_references);
  values["grammar"] = report.grammar.id;
  values["verdict"] = name_of(report.verdict);
  Json fields = Json::object();
  for (const auto& [name, value] : values) fields[name] = meta_string(value);
  return {{"t", "MetaMap"}, {"c", std::move(fields)}};
}

}  // namespace

std::string annotate_tree(std::string_view tree, const Report& report, const std::vector<std::uint32_t>& leaf_of_line) {
  Json root = Json::parse(tree);
  Findings findings;
  walk_report(report, Collector(leaf_of_line, findings));
  Annotator annotator(findings);
  annotator.clean(root["blocks"]);
  annotator.blocks(root["blocks"]);
  Json& ours = root["meta"][our_class];
  if (tag_of(ours) != "MetaMap") ours = {{"t", "MetaMap"}, {"c", Json::object()}};
  ours["c"]["report"] = report_meta(report);
  return root.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string tree_option(std::string_view tree, const std::string& key) {
  const Json root = Json::parse(tree, nullptr, false);
  // `-M rapporteur.KEY=VALUE` on pandoc's command line makes a key with a dot, no map.
  for (const std::string& path : {"/meta/rapporteur/c/" + key + "/c", "/meta/rapporteur." + key + "/c"}) {
    const Json::json_pointer at(path);
    if (!root.is_object() || !root.contains(at)) continue;
    const Json& value = root[at];
    if (value.is_string()) return value.get<std::string>();
    std::string text;
    for (const Json& one : value) text += searched_text(one);
    return text;
  }
  return {};
}

}  // namespace rapporteur
