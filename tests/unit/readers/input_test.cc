// From bytes to Source: encodings, refusals, and that no encoding is silently mistaken.

#include "readers/input.h"

#include <iconv.h>

#include <gtest/gtest.h>

#include "readers/encoding.h"

namespace rapporteur {
namespace {

/// `text` (UTF-8) in `encoding`; empty where a character has no place there.
std::string encoded(std::string text, const char* encoding) {
  const iconv_t handle = iconv_open(encoding, "UTF-8");
  std::string out(text.size() * 4 + 8, '\0');
  char *in = text.data(), *to = out.data();
  std::size_t left = text.size(), room = out.size();
  const std::size_t result = iconv(handle, &in, &left, &to, &room);
  iconv_close(handle);
  if (result != 0) return {};
  out.resize(out.size() - room);
  return out;
}

struct Sample {
  const char* language;
  const char* text;
};
const Sample samples[] = {
    {"English", "The representative of the Secretariat said that the café in the meeting’s main building – “the Résidence” – was closed.\nThe meeting was adjourned.\n"},
    {"French", "La réunion a été ouverte à Genève par le président. Les délégués ont examiné la façon dont l'été s'était déroulé; où et à quel coût.\n"},
    {"Turkish", "Toplantı İstanbul'da yapıldı. Üye ülkelerin temsilcileri gündemi kabul etti ve çalışma grubunun raporu görüşüldü. Başkan teşekkür etti.\n"},
    {"Russian", "Совещание открыл председатель. Участники приняли повестку дня и рассмотрели доклад рабочей группы о сотрудничестве.\n"},
    {"German", "Die Sitzung wurde von der Vorsitzenden eröffnet. Die Tagesordnung wurde für gültig erklärt und über die Maßnahmen wurde gesprochen.\n"},
    {"Spanish", "La reunión fue inaugurada por el señor Ibáñez. Los representantes aprobaron el programa según lo previsto para el próximo año.\n"},
};

TEST(Encoding, none_of_the_matrix_is_silently_wrong) {
  const char* encodings[] = {"WINDOWS-1252", "WINDOWS-1254", "WINDOWS-1251", "WINDOWS-1250", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-9",
                             "ISO-8859-15", "KOI8-R", "UTF-16LE", "UTF-16BE", "UTF-8", "MACINTOSH"};
  int tried = 0, right = 0, doubted = 0;
  for (const Sample& sample : samples) {
    for (const char* encoding : encodings) {
      const std::string bytes = encoded(sample.text, encoding);
      if (bytes.empty()) continue;
      ++tried;
      const auto decoded = decode(bytes, "");
      ASSERT_TRUE(decoded);
      right += decoded->utf8 == sample.text;
      doubted += decoded->certainty < ReadOptions().review_below;
      EXPECT_TRUE(decoded->utf8 == sample.text || decoded->certainty < ReadOptions().review_below)
          << sample.language << " in " << encoding << " taken for " << decoded->encoding << " at " << decoded->certainty << ": " << decoded->utf8;
    }
  }
  std::printf("encodings: %d tried, %d right, %d doubted\n", tried, right, doubted);
  EXPECT_GE(right * 10, tried * 9);
}

TEST(Encoding, a_named_encoding_is_believed) {
  const auto source = make_source({.name = "a.txt", .bytes = "Protok\xC3\xB3l", .format = "", .encoding = "windows-1250"}, "text/plain");
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->text(), "ProtokĂłl");
  EXPECT_EQ((*source)->info().encoding_certainty, 1);
  EXPECT_TRUE(source.said().empty());
}

TEST(Encoding, an_unknown_encoding_is_an_error) {
  const auto source = make_source({.name = "a.txt", .bytes = "x", .format = "", .encoding = "nonsense"}, "text/plain");
  ASSERT_FALSE(source);
  EXPECT_EQ(render_text(source.said().front()),
            "a.txt: error T103: there is no encoding named 'nonsense'\n"
            "  help: name it as iconv does (see `iconv -l`), for example windows-1252, KOI8-R or UTF-16LE\n");
}

TEST(Input, truncated_utf8_is_mended_and_said) {
  const auto source = make_source({.name = "a.txt", .bytes = "Résumé – déjà vu \xE2\x80", .format = "", .encoding = ""}, "text/plain");
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->text(), "Résumé – déjà vu \xEF\xBF\xBD");
  EXPECT_EQ((*source)->info().replaced_bytes, 2);
  ASSERT_EQ(source.said().size(), 1);
  EXPECT_EQ(render_text(source.said().front()),
            "a.txt: warning T104: 2 bytes are no text in UTF-8 and became U+FFFD\n"
            "  help: see whether the file is damaged, or name its encoding with --encoding\n");
}

TEST(Input, binary_formats_are_refused_by_name) {
  const std::pair<std::string, std::string> refused[] = {
      {"%PDF-1.4 x", "a: error T101: this is a PDF, not text\n  help: convert it with `pdftotext -layout FILE`\n"},
      {std::string("\x7F" "ELF\2\1\1\0\0\0", 10), "a: error T101: this is a program, not text\n  help: name the document\n"},
      {std::string(100, '\1'), "a: error T102: the file is full of control bytes and no text\n"
                               "  help: name its encoding with --encoding if it is text, or convert it first\n"},
  };
  for (const auto& [bytes, message] : refused) {
    const auto source = make_source({.name = "a", .bytes = bytes, .format = "", .encoding = ""}, "text/plain");
    ASSERT_FALSE(source);
    EXPECT_EQ(render_text(source.said().front()), message);
  }
}

TEST(Input, readers_are_found_by_format_and_extension) {
  EXPECT_EQ(find_reader({.name = "a/b.MD", .bytes = "", .format = "", .encoding = ""})->format, "markdown");
  EXPECT_EQ(find_reader({.name = "a.d/b", .bytes = "", .format = "", .encoding = ""})->format, "text");
  EXPECT_EQ(find_reader({.name = "a.txt", .bytes = "", .format = "markdown", .encoding = ""})->format, "markdown");
  const auto document = read_document({.name = "a", .bytes = "", .format = "markdwn", .encoding = ""});
  ASSERT_FALSE(document);
  EXPECT_EQ(render_text(document.said().front()), "a: error R101: there is no reader for the format 'markdwn'\n  help: did you mean 'markdown'?\n");
}

TEST(Input, a_source_knows_its_bytes) {
  const auto source = make_source({.name = "a.txt", .bytes = "\xEF\xBB\xBF" "abc", .format = "", .encoding = ""}, "text/plain");
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->text(), "abc");
  EXPECT_EQ((*source)->info().bytes, 6);
  EXPECT_EQ((*source)->info().sha256, "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
  EXPECT_EQ((*source)->info().notes, std::vector<std::string>{"a byte order mark was left out"});
}

}  // namespace
}  // namespace rapporteur
