/* report_page.c: Markdown to HTML by md4c; then the pictures are put in.

   A paragraph of nothing but pictures is a row of figures.  The SVG of several
   pictures share one page, so that every id gets the number of its picture in
   front. */
#include "study/report_page.h"

#include <md4c-html.h>
#include <stdio.h>
#include <string.h>

/* A sheet of A4 whose text is as wide as figures are (174 mm).  What
   stands below a line is small print. */
static const char head[]
    = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
      "<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
static const char style[]
    = "</title>\n<style>\n"
      "@page { size: A4; margin: 12mm 18mm 11mm; }\n"
      "body { font: 9.2pt/1.29 \"Times New Roman\", \"Liberation Serif\", "
      "serif;"
      " max-width: 174mm; margin: 8mm auto; padding: 0 4mm; color: #111; }\n"
      "h1 { font-size: 16pt; line-height: 1.15; margin: 0 0 1.5mm; }\n"
      "h2 { font-size: 10.8pt; margin: 2.6mm 0 0.8mm; break-after: avoid; }\n"
      "h3 { font-size: 9.2pt; margin: 2mm 0 0.5mm; break-after: avoid; }\n"
      "p, ul, ol { margin: 0 0 1.4mm; }\n"
      "ul, ol { padding-left: 4.2mm; }\n"
      "li { margin-bottom: 0.5mm; }\n"
      "table { border-collapse: collapse; width: 100%; font-size: 8.2pt;"
      " line-height: 1.25; margin: 1mm 0 1.8mm; break-inside: avoid;"
      " font-variant-numeric: lining-nums tabular-nums; }\n"
      "th, td { padding: 0.45mm 1.4mm; text-align: left;"
      " vertical-align: top; }\n"
      "th:first-child, td:first-child { padding-left: 0; }\n"
      "thead { border-top: 0.9pt solid #111; border-bottom: 0.5pt solid #111;"
      " }\n"
      "tbody { border-bottom: 0.9pt solid #111; }\n"
      "div.figures { display: flex; flex-wrap: wrap; gap: 4mm; align-items: "
      "flex-start;"
      " break-inside: avoid; }\n"
      "figure { flex: 1 1 70mm; margin: 0.5mm 0 1.5mm; }\n"
      "figure svg { display: block; width: 100%; height: auto; }\n"
      "figcaption { font-size: 8pt; line-height: 1.25; }\n"
      "hr { border: 0; border-top: 0.5pt solid #888; margin: 2mm 0 1mm; }\n"
      "p:has(+ ul), p:has(+ table) { break-after: avoid; }\n"
      "hr ~ p { font-size: 7.2pt; line-height: 1.25; color: #444;"
      " margin: 0; overflow-wrap: anywhere; }\n"
      "@media print { body { margin: 0; padding: 0; max-width: none; } }\n"
      "</style>\n</head>\n<body>\n";
static const char foot[] = "</body>\n</html>\n";

static const char picture_start[] = "<img src=\"",
                  caption_start[] = "\" alt=\"";

static void
escape (struct rx_text *out, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '&')
      rx_text_addz (out, "&amp;");
    else if (*text == '<')
      rx_text_addz (out, "&lt;");
    else
      rx_text_addc (out, *text);
}

static void
collect (const MD_CHAR *text, MD_SIZE size, void *out)
{
  rx_text_add (out, text, size);
}

/* ---- pictures ---------------------------------------------------------- */

struct page
{
  struct rx_text *out;
  struct rx_run_folder *folder;
  size_t n_pictures;
};

/* A picture within HTML, as md4c writes it: <img src="..." alt="...">. */
struct picture
{
  const char *src, *alt;
  size_t src_length, alt_length;
  const char *end; /* behind it */
};

static bool
find_picture (const char *html, struct picture *out)
{
  if (strncmp (html, picture_start, strlen (picture_start)) != 0)
    return false;
  out->src = html + strlen (picture_start);
  const char *quote = strchr (out->src, '"');
  if (quote == NULL
      || strncmp (quote, caption_start, strlen (caption_start)) != 0)
    return false;
  out->src_length = (size_t)(quote - out->src);
  out->alt = quote + strlen (caption_start);
  quote = strchr (out->alt, '"');
  const char *close = quote != NULL ? strchr (quote, '>') : NULL;
  if (close == NULL)
    return false;
  out->alt_length = (size_t)(quote - out->alt);
  out->end = close + 1;
  return true;
}

/* Behind an element that says which program drew the picture, and would be
   shown as a tip; s where there is none. */
static const char *
skip_program (const char *s)
{
  static const char *const element[][2]
      = { { "<title>", "</title>" }, { "<desc>", "</desc>" } };
  for (size_t i = 0; i < sizeof element / sizeof *element; i++)
    {
      const char *end = strstr (s, element[i][1]);
      if (strncmp (s, element[i][0], strlen (element[i][0])) == 0
          && end != NULL)
        return end + strlen (element[i][1]);
    }
  return s;
}

/* The SVG element, with a number in front of the ids that are made or used
   within its tags. */
static void
add_svg (struct page *page, const struct picture *picture, const char *svg)
{
  static const char *const before[]
      = { "id='", "id=\"", "href='#", "href=\"#", "url(#" };
  static const char start[] = "<svg";
  struct rx_text *out = page->out;
  bool in_tag = false;
  rx_text_addz (out, "<svg role=\"img\" aria-label=\"");
  rx_text_add (out, picture->alt, picture->alt_length);
  rx_text_addc (out, '"');
  for (const char *s = svg + strlen (start); *s != '\0';)
    {
      size_t length = 1;
      const char *behind = skip_program (s);
      if (behind != s)
        {
          s = behind;
          continue;
        }
      for (size_t i = 0; in_tag && i < sizeof before / sizeof *before; i++)
        if (strncmp (s, before[i], strlen (before[i])) == 0)
          length = strlen (before[i]);
      rx_text_add (out, s, length);
      if (length > 1)
        rx_text_addf (out, "picture%zu-", page->n_pictures);
      in_tag = *s == '<' || (in_tag && *s != '>');
      s += length;
    }
}

static enum rx_status
add_picture (struct page *page, const struct picture *picture,
             struct rx_error *err)
{
  struct rx_text svg = { 0 };
  struct rx_strings strings = { 0 };
  const char *name
      = rx_strings_add (&strings, picture->src, picture->src_length);
  enum rx_status status = name == NULL ? rx_fail_memory (err) : RX_OK;
  page->n_pictures++;
  if (status == RX_OK && !rx_run_folder_has (page->folder, name))
    rx_text_addf (page->out, "(The picture %s could not be drawn.)", name);
  else if (status == RX_OK)
    {
      status = rx_run_folder_read (page->folder, name, &svg, err);
      const char *start = strstr (rx_text_string (&svg), "<svg");
      if (status == RX_OK && start == NULL)
        status = rx_fail (err, RX_EINTERNAL, "%s: no <svg> in it", name);
      if (status == RX_OK)
        add_svg (page, picture, start);
    }
  rx_strings_free (&strings);
  rx_text_free (&svg);
  return status;
}

/* Behind a paragraph of nothing but pictures that starts here; NULL when it is
   another one. */
static const char *
pictures_end (const char *html)
{
  struct picture picture;
  const char *s = html + strlen ("<p>");
  if (strncmp (html, "<p>", strlen ("<p>")) != 0
      || !find_picture (s, &picture))
    return NULL;
  while (find_picture (s, &picture))
    {
      s = picture.end;
      s += strspn (s, " \n");
    }
  return strncmp (s, "</p>", strlen ("</p>")) == 0 ? s + strlen ("</p>")
                                                   : NULL;
}

static enum rx_status
add_figures (struct page *page, const char *html, const char *end,
             struct rx_error *err)
{
  struct picture picture;
  rx_text_addz (page->out, "<div class=\"figures\">\n");
  for (const char *s = html; s < end; s++)
    {
      if (!find_picture (s, &picture))
        continue;
      rx_text_addz (page->out, "<figure>\n");
      if (add_picture (page, &picture, err) != RX_OK)
        return err->status;
      rx_text_addz (page->out, "<figcaption>");
      rx_text_add (page->out, picture.alt, picture.alt_length);
      rx_text_addz (page->out, "</figcaption>\n</figure>\n");
      s = picture.end - 1;
    }
  rx_text_addz (page->out, "</div>");
  return RX_OK;
}

static enum rx_status
add_body (struct page *page, const char *html, struct rx_error *err)
{
  struct picture picture;
  while (*html != '\0')
    {
      const char *end = pictures_end (html);
      if (end != NULL)
        {
          if (add_figures (page, html, end, err) != RX_OK)
            return err->status;
          html = end;
        }
      else if (find_picture (html, &picture))
        {
          if (add_picture (page, &picture, err) != RX_OK)
            return err->status;
          html = picture.end;
        }
      else
        rx_text_addc (page->out, *html++);
    }
  return RX_OK;
}

enum rx_status
rx_report_page (struct rx_text *out, const char *title,
                const struct rx_text *markdown, struct rx_run_folder *folder,
                struct rx_error *err)
{
  struct page page = { .out = out, .folder = folder };
  struct rx_text body = { 0 };
  enum rx_status status = RX_OK;
  /* no HTML of the author's own: a page is what its Markdown says */
  if (md_html (rx_text_string (markdown), (MD_SIZE)markdown->length, collect,
               &body, MD_FLAG_TABLES | MD_FLAG_NOHTML, 0)
          != 0
      || body.failed)
    status = rx_fail_memory (err);
  rx_text_addz (out, head);
  escape (out, title);
  rx_text_addz (out, style);
  if (status == RX_OK)
    status = add_body (&page, rx_text_string (&body), err);
  rx_text_addz (out, foot);
  rx_text_free (&body);
  return status == RX_OK && out->failed ? rx_fail_memory (err) : status;
}

void
rx_report_page_words (struct rx_text *out, const char *page)
{
  static const char end[] = "</svg>";
  for (const char *s = page; *s != '\0';)
    {
      const char *svg = strstr (s, "<svg");
      const char *close = svg != NULL ? strstr (svg, end) : NULL;
      if (close == NULL)
        {
          rx_text_addz (out, s);
          return;
        }
      rx_text_add (out, s, (size_t)(svg - s));
      s = close + strlen (end);
    }
}
