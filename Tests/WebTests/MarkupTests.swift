import Testing

@testable import Web

@Suite struct MarkupTests {
  @Test func textIsEscapedAndMarkupIsNot() {
    let text = #"<script>alert("x")</script> & 'y'"#
    let markup: Markup = "<p title=\"\(text)\">\(text)\("<b>ours</b>" as Markup)</p>"
    #expect(!markup.description.contains("<script>"))
    #expect(markup.description.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;"))
    #expect(markup.description.contains("<b>ours</b>"))
  }

  @Test func marksOfDirectionAndControlsAreTakenOut() {
    let text = "safe\u{202E}gpj.exe\u{2066}\u{0}\u{9B} שלום\n\tnext"
    #expect(("\(text)" as Markup).description == "safegpj.exe שלום\n\tnext")
  }
}
