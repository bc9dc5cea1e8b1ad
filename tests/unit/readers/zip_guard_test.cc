// Containers that no converter may see, and the header parts that no converter shows.

#include "readers/zip_guard.h"

#include <chrono>

#include "foreign_help.h"
#include "readers/zip_library.h"

namespace rapporteur {
namespace {

using testing::container;
using testing::docx;
using testing::only;

TEST(ZipGuard, SoundOnesPass) { EXPECT_TRUE(check_container(docx("<w:p/>"), "a.docx").empty()); }

TEST(ZipGuard, OtherContentIsToldFromDamage) {
  EXPECT_EQ(only(check_container("hello", "a.docx")),
            "R301 the file is no zip container, as a DOCX, ODT or EPUB file is | check its name: the content is of another format, or damaged");
  const std::string whole = docx("<w:p/>");
  EXPECT_EQ(only(check_container(std::string_view(whole).substr(0, whole.size() / 2), "a.docx")),
            "R302 the file is cut off or damaged: its directory is missing | get a whole copy of it");
  EXPECT_EQ(only(check_container("PK\x03\x04 and then garbage", "a.docx")).substr(0, 5), "R302 ");
}

TEST(ZipGuard, BombIsRefusedAtOnce) {
  const std::string bomb = docx(std::string(100'000'000, ' '));
  EXPECT_LT(bomb.size(), 110'000u);
  const auto begin = std::chrono::steady_clock::now();
  const Diagnostics said = check_container(bomb, "a.docx");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(100));
  EXPECT_EQ(only(said),
            "R303 the file was refused before any converter saw it: unpacked its text has more than 64 MB | "
            "a report is never packed like this; ask where the file comes from");
}

TEST(ZipGuard, LyingSizesAreFound) {
  std::string liar = docx(std::string(50'000'000, ' '));
  // Both places that tell the unpacked size of word/document.xml: its local header and the directory.
  for (std::size_t at = 0; at + 4 <= liar.size(); ++at) {
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i) value = (value << 8) | static_cast<unsigned char>(liar[at + i]);
    if (value > 50'000'000 && value < 50'001'000) liar.replace(at, 4, std::string("\x10\x27\0\0", 4));
  }
  EXPECT_EQ(only(check_container(liar, "a.docx")).substr(0, 61), "R303 the file was refused before any converter saw it: `word/");
}

TEST(ZipGuard, TooManyEntries) {
  ZipLimits limits;
  limits.entries = 2;
  EXPECT_EQ(only(check_container(docx("<w:p/>"), "a.docx", limits)).substr(0, 75),
            "R303 the file was refused before any converter saw it: it holds 3 files | a");
}

TEST(ZipLibrary, IsWholeOrNotThere) {
  ZipLibrary library;
  EXPECT_TRUE(library.load(ZipLibrary::file_name()));
  EXPECT_NE(library.zip_discard, nullptr);
  EXPECT_FALSE(library.load("libzip.so.0-of-no-system"));
  EXPECT_FALSE(library.load("libc.so.6")) << "a library without these functions";
}

TEST(DocxHeaders, AreReadInOrderAndOnce) {
  const std::string part = R"(<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Council of Ports</w:t></w:r><w:r><w:tab/><w:t>CP/2021/3</w:t></w:r></w:p><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:hdr>)";
  const DocxHeaders headers = docx_headers(docx("<w:p/>", {{"word/header2.xml", part}, {"word/header1.xml", part}, {"word/headers.txt", "x"}}));
  EXPECT_TRUE(headers.first_page.empty());
  ASSERT_EQ(headers.others.size(), 1u);
  EXPECT_EQ(headers.others[0].where, "word/header1.xml");
  EXPECT_EQ(headers.others[0].text, "Council of Ports\nCP/2021/3");
}

/// A DOCX of two sections: the first section's headers are `usual` and `own`, its first page's where `title_page`.
std::string with_headers(bool title_page) {
  const auto header = [](const std::string& words) {
    return R"(<w:hdr xmlns:w="w"><w:p><w:r><w:t>)" + words + R"(</w:t></w:r></w:p><w:p><w:r><w:t>Page </w:t><w:instrText> PAGE </w:instrText><w:t>3</w:t></w:r></w:p></w:hdr>)";
  };
  const std::string rels = R"(<Relationships><Relationship Id="r1" Target="header1.xml"/><Relationship Id="r2" Target="header2.xml"/></Relationships>)";
  const std::string first = R"(<w:p xmlns:r="r"><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="r1"/><w:headerReference w:type="first" r:id="r2"/>)" +
                            std::string(title_page ? "<w:titlePg/>" : "") + "</w:sectPr></w:pPr></w:p>";
  return docx(first + R"(<w:sectPr xmlns:r="r"><w:headerReference w:type="default" r:id="r9"/></w:sectPr>)",
              {{"word/header1.xml", header("usual")}, {"word/header2.xml", header("own")}, {"word/_rels/document.xml.rels", rels}});
}

TEST(DocxHeaders, TheFirstPagesStandsAboveTheText) {
  using Lines = std::vector<std::string>;
  const DocxHeaders usual = docx_headers(with_headers(false)), own = docx_headers(with_headers(true));
  EXPECT_EQ(usual.first_page, Lines{"usual"});
  EXPECT_EQ(own.first_page, Lines{"own"});
  ASSERT_EQ(usual.others.size(), 2u);
  EXPECT_EQ(usual.others[0].text, "Page 3");  // what counts pages is furniture
  EXPECT_EQ(usual.others[1].text, "own\nPage 3");
}

TEST(DocxHeaders, FollowNoEntity) {
  const std::string evil = R"(<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:hdr xmlns:w="w"><w:p><w:t>a &e; b</w:t></w:p></w:hdr>)";
  EXPECT_TRUE(docx_headers(docx("<w:p/>", {{"word/header1.xml", evil}})).others.empty());
}

}  // namespace
}  // namespace rapporteur
