// Which languages does a room speak? The large lists have labelled sets: `make bench-languages`.
#include "classify/languages.hpp"
#include "language/detect.hpp"
#include "language/han.hpp"
#include "small_lexicon.hpp"

static std::string language(std::string_view name, std::string_view description) {
  const RoomText text{"room", name, description, {}};
  std::string all;
  for (const LanguageGuess& guess : guess_languages(text, read_room(kLexicon, text)))
    all += (all.empty() ? "" : " ") + guess.code;
  return all;
}

static void languages_of_rooms() {
  check(language("PornoEspañol", "") == "es");
  check(language("Norsk kanalen", "") == "no" && language("Norge kanalen", "") == "no");
  check(language("Norwegian kanalen", "").empty() && language("Norsk español kanalen", "").empty());
  check(language("Norsk kanalen", "Learn it with us, a lesson for all beginners every week") ==
        "en");
  check(language("A", "y como") == "es" && language("A", "e como") == "pt");
  check(language("A", "como como").empty());          // of both
  check(language("GrapheneOS", "e como ý").empty());  // no Portuguese letter
  check(language("A", "como GrapheneOS y") == "es" && language("A", "como talkE y") == "es");
  check(language("GrapheneOS 软件", "") == "zh" && language("雑談", "") == "ja");
  check(language("政治", "").empty() && language("政治", "政治 Linux").empty());
  check(language("Łąka", "") == "pl");
  check(language("GrapheneOS Stammtisch", "") == "de" && language("A", "Stammtisch") == "de");
  check(language("Stammtisch fika", "").empty() && language("Fika, ñ", "").empty());
  check(language("Nova", "🇪🇸 🇳🇴") == "es no" && language("🇳🇴 Nova", "x") == "no");
  check(language("IT", "is IT").empty() && language("A", "it is") == "en");
  check(language("A", "the norsk class: talk about it") == "en");
  check(language("Fritt forum", "Diskussioner utan censur") == "sv");
}

static std::string detected(const std::string& text) {
  std::string all;
  for (const DetectedLanguage& found : detect_languages(text).languages)
    all += (all.empty() ? "" : " ") + found.code;
  return all;
}

static void letters_of_languages() {
  check(may_be_in("ja", "静岡") && may_be_in("ja", "数学クラブ") && !may_be_in("ja", "电脑"));
  check(may_be_in("zh", "認証") && may_be_in("zh", "湖浜") && !may_be_in("zh", "気楽"));
  check(detected("数学クラブへようこそ、質問は静かに") == "ja");
  check(language_of_script("数学クラブ") == "ja" && language_of_script("静岡県人会") == "ja");
  check(language_of_script("静岡").empty() && language_of_script("認証局").empty());
  check(language_of_script("教程").empty() && language_of_script("数学爱好者") == "zh");
  check(language_of_script("鉄道") == "ja" && language_of_script("聊天") == "zh");
  check(language_of_script("音樂") == "zh" && language_of_script("新手互助") == "zh");
  check(language_of_script("学校教育").empty() && language_of_script("电気").empty());
  check(han_of(U'国') == Han::reformed_alike && han_of(U'a') == Han::common);
  check(!may_be_in("sr", "учимся") && !may_be_in("vi", "ați") && may_be_in("vi", "nhã"));
  // Vietnamese, Estonian; Galician, Filipino: others have these letters, too.
  check(language_of_script("Nhã").empty() && language_of_script("Tõnu").empty());
  check(language_of_script("Niño").empty());
  check(language_of_script("мы і вы").empty() && language_of_script("мы тут") == "ru");
  check(language_of_script("Қазақ жылы").empty() && language_of_script("گروپ ہے").empty());
  check(language_of_script("گروه") == "fa" && language_of_script("گرووپی کوردیە").empty());
  // A long text may be in two languages, or have foreign names.
  const std::string chinese =
      "欢迎大家来这里聊天，我们讨论电脑、手机和网络安全，"
      "也说说每天的新闻。请不要发广告。";
  const std::string japanese =
      "日本語と中国語で気楽に雑談する部屋です。"
      "宣伝や広告はやめてください。初心者の質問も歓迎します。";
  check(detected(chinese + japanese) == "ja zh" || detected(chinese + japanese) == "zh ja");
  check(detected(chinese) == "zh" && detected(japanese) == "ja");
  check(detected("Мы обсуждаем новости, музыку и книги, а также всё, что происходит в мире. "
                 "Не спорим о политике. Ведёт Їжак.") == "ru");
}

int main() {
  languages_of_rooms();
  letters_of_languages();
  return failures != 0;
}
