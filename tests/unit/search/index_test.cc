// An index on disk: what is put in is found, what goes is gone, and what cannot be opened is said in words.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <sqlite3.h>

#include "rapporteur/rapporteur.h"
#include "rapporteur/search.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;
using Access = SearchIndex::Access;

class IndexTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "rapporteur-index-XXXXXX";
    folder = ::mkdtemp(name.data());
    db = folder / "archive.db";
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string xml(const std::string& symbol, const std::string& said) {
    static const Engine engine = std::move(*Engine::create());
    return engine.parse({.name = "report.md", .bytes = "NORTHERN COUNCIL\n\n" + symbol + "\n\n# Report of the third meeting\n\n## Agenda Item 1: Opening of the meeting\n\n"
                                                       "1. The Meeting was held online on 7 December 2021.\n\n2. " + said + "\n"}).xml;
  }
  SearchIndex writer() const { return std::move(*SearchIndex::open(db, Access::write)); }
  static std::uint64_t found(const SearchIndex& index, const std::string& words) { return index.search({.words = words})->total; }
  static std::string code(const Diagnostics& said) { return said.empty() ? "none" : said.front().code; }

  fs::path folder, db;
};

TEST_F(IndexTest, FindsParagraphsWithoutAccents) {
  SearchIndex index = writer();
  ASSERT_EQ(*index.put("a.xml", xml("NC/R(2021)1", "Señor Muñoz proposed a harbour levy.")), PutOutcome::added);
  ASSERT_TRUE(index.commit().empty());
  const auto hits = index.search({.words = "munoz"});
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->total, 1u);
  EXPECT_EQ(hits->hits[0].number, "2");
  EXPECT_EQ(hits->hits[0].kind, "paragraph");
  EXPECT_EQ(hits->hits[0].snippet, "Señor \x02Muñoz\x03 proposed a harbour levy.");
  EXPECT_EQ(hits->hits[0].xml, "a.xml");
  EXPECT_EQ(hits->hits[0].source, "report.md");
  EXPECT_EQ(hits->hits[0].line, 11u);
  EXPECT_EQ(found(index, "\"harbour levy\""), 1u);
  EXPECT_EQ(found(index, "\"levy harbour\""), 0u);
}

TEST_F(IndexTest, TheSameAgainIsNotDoubledAndWhatChangedIsReplaced) {
  SearchIndex index = writer();
  const std::string first = xml("NC/R(2021)1", "A levy was proposed.");
  EXPECT_EQ(*index.put("a.xml", first), PutOutcome::added);
  EXPECT_EQ(*index.put("a.xml", first), PutOutcome::unchanged);
  EXPECT_EQ(*index.put("copy.xml", first), PutOutcome::same_as_another);
  EXPECT_EQ(*index.put("a.xml", xml("NC/R(2021)1", "A toll was proposed.")), PutOutcome::replaced);
  EXPECT_EQ(found(index, "proposed"), 1u);
  EXPECT_EQ(found(index, "levy"), 0u);
  EXPECT_TRUE(*index.remove("a.xml"));
  EXPECT_FALSE(*index.remove("a.xml"));
  EXPECT_EQ(found(index, "proposed"), 0u);
  EXPECT_EQ(*index.record_count(), 0u);
}

TEST_F(IndexTest, WhatWasNotCommittedIsNotThere) {
  {
    SearchIndex index = writer();
    ASSERT_TRUE(index.put("a.xml", xml("NC/R(2021)1", "A levy was proposed.")));
    ASSERT_TRUE(index.commit().empty());
    ASSERT_TRUE(index.put("b.xml", xml("NC/R(2021)2", "A levy was refused.")));
  }
  const auto index = SearchIndex::open(db, Access::read);
  ASSERT_TRUE(index);
  EXPECT_EQ(found(*index, "levy"), 1u);
}

TEST_F(IndexTest, QuestionsThatMakeNoSenseAreAnswered) {
  const SearchIndex index = writer();
  for (const char* words : {"AND", "* *", "(((", "-", "\"\"", "a\" OR \"", "NOT", "NEAR(", ":", "\xff\xfe", "''';--"}) index.search({.words = words});
  EXPECT_EQ(code(index.search({.words = "( )"}).said()), "S201");
  EXPECT_EQ(code(index.search({}).said()), "S201");
  EXPECT_EQ(index.search({.words = "a' OR 1=1"})->total, 0u);
}

TEST_F(IndexTest, WhatIsNoIndexIsSaid) {
  EXPECT_EQ(code(SearchIndex::open(db, Access::read).said()), "S101");
  EXPECT_EQ(code(SearchIndex::open(folder / "nowhere" / "a.db", Access::write).said()), "S106");
  std::ofstream(db) << "These are my notes, and nobody may overwrite them; they are long enough to be a header of a database.";
  EXPECT_EQ(code(SearchIndex::open(db, Access::write).said()), "S102");
}

void run_sql(const fs::path& file, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

TEST_F(IndexTest, AnotherProgramsDatabaseIsLeftAlone) {
  run_sql(db, "CREATE TABLE precious(a)");
  EXPECT_EQ(code(SearchIndex::open(db, Access::write).said()), "S102");
}

TEST_F(IndexTest, AnotherVersionIsSaid) {
  { const SearchIndex made = writer(); }
  run_sql(db, "PRAGMA user_version = 0");
  const auto older = SearchIndex::open(db, Access::write);
  ASSERT_FALSE(older);
  EXPECT_EQ(render_text(older.said().front()), db.string() + ": error S103: the index was made by an older rapporteur: version 0, and this one reads 2\n"
                                                            "  help: delete it and run `rapporteur index` again; the XML has everything\n");
  run_sql(db, "PRAGMA user_version = 99");
  EXPECT_EQ(code(SearchIndex::open(db, Access::read).said()), "S103");
}

TEST_F(IndexTest, DamageIsSaid) {
  {
    SearchIndex index = writer();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(index.put(std::to_string(i) + ".xml", xml("NC/R(2021)" + std::to_string(i), "A levy was proposed.")));
    ASSERT_TRUE(index.commit().empty());
  }
  std::fstream file(db, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(8192);
  file << std::string(fs::file_size(db) - 8192, '\x5a');
  file.close();
  const auto index = SearchIndex::open(db, Access::read);
  EXPECT_EQ(code(index ? index->search({.words = "levy"}).said() : index.said()), "S104");
}

TEST_F(IndexTest, ALockIsSaid) {
  { const SearchIndex made = writer(); }
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(db.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(code(SearchIndex::open(db, Access::read).said()), "S105");
  sqlite3_close(other);
}

}  // namespace
}  // namespace rapporteur
