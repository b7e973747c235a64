#include "reports/content/escape.h"
#include "reports/render/latex.h"
#include "reports/render/palette.h"

namespace bench::reports {
namespace {

std::string block_latex(const Paragraph& paragraph) {
  return escape_latex(paragraph.text) + "\n\n";
}
std::string block_latex(const Table& table) {
  return "\\input{tables/" + table.id + ".tex}\n";
}
std::string block_latex(const Figure& figure) {
  return "\\input{figures/" + figure.id + ".tex}\n";
}

std::string caveats_latex(const Document& document) {
  if (document.caveats.empty()) return "";
  std::string text = "\\begin{benchcaveats}\n";
  for (const auto& caveat : document.caveats) text += "\\item " + escape_latex(caveat) + "\n";
  return text + "\\end{benchcaveats}\n";
}

std::string answer_latex(const Document& document) {
  if (document.answers.empty()) return "";
  std::string text = "\\begin{benchanswer}\n";
  for (const auto& answer : document.answers) text += escape_latex(answer.sentence) + "\n";
  for (const auto& note : document.answer_notes) text += escape_latex(note) + "\n";
  text += "\\end{benchanswer}\n";
  return text + (document.answer_figure ? block_latex(*document.answer_figure) : "");
}

std::string facts_latex(const Document& document) {
  std::string text =
      "\\begin{description}[leftmargin=8em,style=nextline,noitemsep,font=\\normalfont"
      "\\itshape]\n\\raggedright\n";
  for (const auto& [name, value] : document.facts) {
    text += "\\item[" + escape_latex(name) + "] " + escape_latex(value) + "\n";
  }
  return text + "\\end{description}\n";
}

}  // namespace

std::string latex_preamble() {
  std::string text = R"(\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{textcomp}
\usepackage{mathpazo}
\usepackage{courier}
\usepackage[expansion=false]{microtype}
\usepackage{amsmath}
\usepackage{array}
\usepackage{booktabs}
\usepackage{tabularx}
\usepackage{xltabular}
\usepackage[font=small,skip=6pt]{caption}
\usepackage{adjustbox}
\usepackage{enumitem}
\usepackage{xcolor}
\usepackage{graphicx}
\usepackage{pgfplots}
\pgfplotsset{compat=1.16}
\pgfplotsset{benchplot/.style={
  width=0.86\linewidth, height=0.4\linewidth,
  axis lines=left, axis line style={-, benchink!55},
  tick style={benchink!55}, tick align=outside,
  major grid style={benchink!12}, grid=major,
  label style={font=\small}, tick label style={font=\footnotesize},
  scaled ticks=false, enlargelimits=0.05,
  /pgf/number format/.cd, fixed, precision=4, 1000 sep={\,}, /pgfplots/.cd,
  legend style={draw=none, fill=none, font=\footnotesize, at={(0.5,-0.24)}, anchor=north,
    /tikz/every even column/.append style={column sep=0.7em}},
  legend columns=3, legend cell align=left}}
\newcommand{\benchnote}[1]{\rlap{\textsuperscript{\itshape #1}}}
\newcommand{\benchtied}{\rlap{\textsuperscript{$\approx$}}\hphantom{\textsuperscript{$\approx$}}}
\newcommand{\benchpublished}[1]{{\color{benchpublishedink}#1}}
\newcommand{\benchinterval}[1]{{\scriptsize\color{benchink!65}#1}}
\newcommand{\benchheadleft}[1]{\parbox[b]{7em}{\raggedright #1}}
\newcommand{\benchhead}[1]{\parbox[b]{7em}{\raggedleft #1}}
\newcommand{\benchdetail}[1]{{\scriptsize\color{benchink!65}#1}}
\newcommand{\benchnoteline}[2]{\par\smallskip{\footnotesize\raggedright\textsuperscript{\itshape
  #1}\,#2\par}}
\newcommand{\benchragged}{\raggedright\arraybackslash}
\newcommand{\benchcrowdedtext}{\scriptsize\setlength{\tabcolsep}{3pt}}
\newcommand{\benchlongtext}{\footnotesize\setlength{\tabcolsep}{4pt}}
\newenvironment{benchanswer}{\par\medskip\noindent\textbf{Answer.}\quad}{\par}
\newenvironment{benchcaveats}{\par\medskip\noindent\textbf{What this cannot show.}
  \begin{itemize}[noitemsep]}{\end{itemize}}
\definecolor{benchink}{HTML}{1F2328}
\definecolor{benchheat}{HTML}{1F5F99}
\definecolor{benchpublishedink}{HTML}{8A5300}
)";
  for (std::size_t i = 0; i < kSeriesColors.size(); ++i) {
    text += "\\definecolor{benchseries" + std::string(1, static_cast<char>('a' + i)) + "}{HTML}{" +
            std::string(kSeriesColors[i].substr(1)) + "}\n";
  }
  return text;
}

std::string to_latex(const Document& document) {
  std::string text =
      "\\documentclass[10pt,a4paper]{article}\n\\usepackage[margin=2.4cm]{geometry}\n"
      "\\input{preamble.tex}\n"
      // Tables and figures stand where they are spoken of; a paper places them as it likes.
      "\\usepackage{needspace}\n\\usepackage{float}\n"
      "\\floatplacement{table}{H}\n\\floatplacement{figure}{H}\n\\raggedbottom\n\\title{" +
      escape_latex(document.title) +
      "}\n\\date{}\n\\begin{document}\n\\maketitle\n\\vspace{-3em}\n\n\\noindent " +
      escape_latex(document.question) + "\n\n" + answer_latex(document) + caveats_latex(document) +
      "\\tableofcontents\n" + facts_latex(document);
  for (const auto& section : document.sections) {
    // A heading stays with what it is of. (The soft \needspace would let a longtable further down
    // break the page here and put its rules around the heading.)
    text += "\n\\Needspace{0.25\\textheight}\n\\section{" + escape_latex(section.title) + "}\n";
    for (const auto& block : section.blocks) {
      text += std::visit([](const auto& part) { return block_latex(part); }, block);
    }
  }
  return text + "\\end{document}\n";
}

}  // namespace bench::reports
