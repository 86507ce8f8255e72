// A template, ready to render (Mustache, by kainjow). Not for two threads at once.
//
//   Template page{template_pieces("index.html", rules)};
//   for (std::size_t i = 0; i < page.size(); ++i)
//     if (page.section(i).empty()) page.render(i, {&site, &this_page}, out);
//     else for (const Value& row : …) page.render(i, {&site, &row}, out);
#pragma once

#include <string>
#include <vector>

#include "template/source.hpp"
#include "template/value.hpp"

class Template {
 public:
  // Values in which names are looked for: the last one first.
  using Scopes = std::vector<const Value*>;

  explicit Template(std::vector<TemplatePiece> pieces);

  // Its pieces, in order: plain ones (section "") and long sections, of which
  // render() makes one row a call.
  std::size_t size() const { return pieces_.size(); }
  const std::string& section(std::size_t piece) const { return pieces_[piece].section; }
  const std::string& text(std::size_t piece) const { return pieces_[piece].text; }

  // Appends the text of a piece.
  void render(std::size_t piece, const Scopes& scopes, std::string& out);

 private:
  std::vector<TemplatePiece> pieces_;
  std::vector<kainjow::mustache::mustache> compiled_;
};
