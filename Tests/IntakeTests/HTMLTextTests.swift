import Testing

@testable import Intake

@Suite struct HTMLTextTests {
  @Test(arguments: [
    ("<p>Hello</p><p>you</p>", "Hello\n\nyou"), ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    ("a<br>b<br/>c", "a\nb\nc"), ("<b>bold</b> and\n  <i>thin</i>", "bold and thin"),
    ("caf&eacute; &amp; cr&#232;me &#x20AC;5 &#150; &unknown; &lt;b&gt;", "café & crème €5 – &unknown; <b>"),
    ("<style>p{}</style>x<script>alert('</p>')</script>y", "xy"), ("<!-- <p>no</p> -->yes", "yes"),
    ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"), ("<pre>a\n  b</pre>", "a\nb"),
    (
      "new<blockquote>old<br>older<blockquote>oldest</blockquote></blockquote>newer",
      "new\n> old\n> older\n> > oldest\nnewer"
    ),
    ("reply<div id=\"divRplyFwdMsg\">From: x</div>", "reply\n________________________________\nFrom: x"),
    ("<a title=\"a > b\" href='#'>link</a>", "link"), ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
    ("mail <emily@example.com> now", "mail <emily@example.com> now"), ("<img src=\"x\">", ""),
    ("<script>never closed", "never closed"), ("<!-- never closed", "never closed"), ("<p", "<p"),
    ("<a href=\"x>text", "text"), ("soft&shy;ware", "software"), ("a&nbsp;b", "a b"),
  ])
  func htmlIsTheTextThatAPersonSees(html: String, text: String) {
    #expect(HTMLText.text(of: html) == text)
  }

  @Test(arguments: ["a < b and c > d", "plain", "<emily@example.com>", "I <3 you"]) func plainTextIsLeftAlone(
    text: String
  ) {
    #expect(HTMLText.text(ofEither: text) == text)
  }

  /// Each is a page that a careless reader would search from every place in it, or multiply.
  @Test(arguments: [
    "<script>", "<!--", "<a \"", "<a '>", "<blockquote>a<br>", "&#", "<", "<style><script>", "</", "<p title='\">",
  ])
  func aBombIsReadInOnePass(bomb: String) {
    let html = String(repeating: bomb, count: 300_000 / bomb.utf8.count)
    #expect(HTMLText.text(of: html).utf8.count <= html.utf8.count * 2)
  }
}
