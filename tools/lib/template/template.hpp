// A template, ready to render (Mustache, by kainjow). Not for two threads at once.
//
//   Template page{template_pieces("index.html", rules)};
//   for (std::size_t i = 0; i < page.size(); ++i)
//     if (page.section(i).empty()) page.render(i, {&site, &this_page}, out);
//     else for (const Item& row : …) page.render_row(i, {&site}, row, out);
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "template/item.hpp"
#include "template/source.hpp"
#include "template/value.hpp"

class Template {
 public:
  // Values in which names are looked for: the last one first.
  using Scopes = std::vector<const Value*>;

  explicit Template(std::vector<TemplatePiece> pieces);

  // Its pieces, in order: plain ones (section "") and long sections.
  std::size_t size() const { return pieces_.size(); }
  const std::string& section(std::size_t piece) const { return pieces_[piece].section; }
  const std::string& text(std::size_t piece) const { return pieces_[piece].text; }

  // Every part of a name that this piece asks for ("server", "host").
  const Names& names(std::size_t piece) const { return names_[piece]; }

  // Appends the text of a piece.
  void render(std::size_t piece, const Scopes& scopes, std::string& out);

  // Appends one row of a long section. The engine is asked once for each shape of a
  // row: what comes out for the next rows of that shape differs only in their texts.
  // `scopes` must stay the same for all rows of a piece.
  void render_row(std::size_t piece, const Scopes& scopes, const Item& row, std::string& out);

 private:
  struct Stretch {  // of a row: a literal, then a text of the row
    std::string literal;
    std::size_t text;  // its number; kNoText after the last literal
    bool escaped;
  };
  using Shape = std::vector<Stretch>;
  Shape learn(std::size_t piece, const Scopes& scopes, const Item& row);

  std::vector<TemplatePiece> pieces_;
  std::vector<Names> names_;
  std::vector<kainjow::mustache::mustache> compiled_;
  std::vector<std::unordered_map<std::string, Shape>> shapes_;
  std::string shape_;  // of the last row
  std::vector<std::string_view> texts_;
};
