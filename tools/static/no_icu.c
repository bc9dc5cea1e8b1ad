/* Programs: their answer where libxml2 asks ICU for an encoding.

   Debian's libxml2 knows the usual encodings itself, asks iconv for others, and ICU for what neither has. What this
   program gives it is UTF-8: documents are decoded before (parser/readers/encoding.cc), schemas and its own XML say so.
   So the static program answers that ICU has none either, and does without 30 MB of tables. */

#include <unicode/ucnv.h>

UConverter* ucnv_open(const char* name, UErrorCode* error) {
  (void)name;
  *error = U_FILE_ACCESS_ERROR;
  return NULL;
}

void ucnv_close(UConverter* converter) { (void)converter; }

void ucnv_convertEx(UConverter* to, UConverter* from, char** target, const char* target_end, const char** source,
                    const char* source_end, UChar* pivot, UChar** pivot_source, UChar** pivot_target,
                    const UChar* pivot_end, UBool reset, UBool flush, UErrorCode* error) {
  (void)to, (void)from, (void)target, (void)target_end, (void)source, (void)source_end, (void)pivot;
  (void)pivot_source, (void)pivot_target, (void)pivot_end, (void)reset, (void)flush;
  *error = U_FILE_ACCESS_ERROR;
}

void ucnv_setToUCallBack(UConverter* converter, UConverterToUCallback action, const void* context,
                         UConverterToUCallback* before, const void** context_before, UErrorCode* error) {
  (void)converter, (void)action, (void)context, (void)before, (void)context_before, (void)error;
}

void ucnv_setFromUCallBack(UConverter* converter, UConverterFromUCallback action, const void* context,
                           UConverterFromUCallback* before, const void** context_before, UErrorCode* error) {
  (void)converter, (void)action, (void)context, (void)before, (void)context_before, (void)error;
}

void UCNV_TO_U_CALLBACK_STOP(const void* context, UConverterToUnicodeArgs* args, const char* units, int32_t length,
                             UConverterCallbackReason reason, UErrorCode* error) {
  (void)context, (void)args, (void)units, (void)length, (void)reason, (void)error;
}

void UCNV_FROM_U_CALLBACK_STOP(const void* context, UConverterFromUnicodeArgs* args, const UChar* units,
                               int32_t length, UChar32 point, UConverterCallbackReason reason, UErrorCode* error) {
  (void)context, (void)args, (void)units, (void)length, (void)point, (void)reason, (void)error;
}
