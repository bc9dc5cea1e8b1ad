// What people type, and the expression that FTS5 is asked.

#include "search/question.h"

#include <gtest/gtest.h>

#include "text/plain_letters.h"

namespace rapporteur::search {
namespace {

std::string asked(std::string_view words) {
  const auto made = fts_expression(words);
  return made ? *made : made.said().front().code + ": " + made.said().front().message;
}

TEST(Question, WordsMustAllOccur) {
  EXPECT_EQ(asked("budget"), "\"budget\"");
  EXPECT_EQ(asked(" harbour  fees "), "(\"harbour\" AND \"fees\")");
}

TEST(Question, PhrasesInAnyLanguagesMarks) {
  EXPECT_EQ(asked("\"working group\" chair"), "(\"working group\" AND \"chair\")");
  EXPECT_EQ(asked("«groupe de travail»"), "\"groupe de travail\"");
  EXPECT_EQ(asked("„ständiger Ausschuss“"), "\"ständiger Ausschuss\"");
  EXPECT_EQ(asked("chair\"working group\""), "(\"chair\" AND \"working group\")");
}

TEST(Question, AlternativesBeginningsAndExclusions) {
  EXPECT_EQ(asked("harbour OR port fees"), "((\"harbour\" OR \"port\") AND \"fees\")");
  EXPECT_EQ(asked("harb*"), "\"harb\"*");
  EXPECT_EQ(asked("fees -harbour -\"old port\""), "\"fees\" NOT (\"harbour\" OR \"old port\")");
}

TEST(Question, NothingTypedIsSyntax) {
  EXPECT_EQ(asked("NC/R(2019)1"), "\"NC/R(2019)1\"");
  EXPECT_EQ(asked("NEAR(a b) ^x text:y {z}"), "(\"NEAR(a\" AND \"b)\" AND \"^x\" AND \"text:y\" AND \"{z}\")");
  EXPECT_EQ(asked("a AND b"), "(\"a\" AND \"b\")");
  EXPECT_EQ(asked("a & – b"), "(\"a\" AND \"b\")");
}

TEST(Question, WhatCannotBeAskedIsSaid) {
  EXPECT_EQ(asked(""), "");
  EXPECT_EQ(asked("  \t"), "");
  EXPECT_EQ(asked("&& || ( ) *"), "S201: there is no word to look for in '&& || ( ) *'");
  EXPECT_EQ(asked("-fees"), "S201: there are only words to leave out");
  EXPECT_EQ(asked("\"working group"), "S202: a quotation mark is not closed");
  EXPECT_EQ(asked("OR"), "S203: OR stands between two words");
  EXPECT_EQ(asked("a OR"), "S203: OR stands between two words");
  EXPECT_EQ(asked("a OR OR b"), "S203: OR stands between two words");
  EXPECT_EQ(asked("a OR -b"), "S203: OR stands between two words");
}

TEST(Question, NamesAreComparedWithoutCaseAndAccents) { EXPECT_EQ(plain_letters("São Tomé ÇAĞRI"), "sao tome cagri"); }

}  // namespace
}  // namespace rapporteur::search
