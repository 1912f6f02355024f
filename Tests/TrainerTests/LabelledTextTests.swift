import Foundation
import Testing

@testable import Trainer

/// Label files are read as people write them, and what is wrong names its line and never the text.
@Suite struct LabelledTextTests {
  @Test func linesOfJSONAreRead() throws {
    let file = """
      {"text":"Where is it?","intents":["order_status","invoice"],"accept":["delivery_issue"],"sentiment":-1,"pressure":"none","signals":["churn"],"language":"en"}

      {"text":"hi","intent":"other","alsoAccept":["complaint"],"sentiment":"neutral","source":"shop","subject":"Hello"}
      """
    let rows = try LabelledText.rows(of: Data(file.utf8), source: "file")
    #expect(rows.count == 2)
    #expect(rows[0].intents == ["order_status", "invoice"] && rows[0].accepted == ["delivery_issue"])
    #expect(rows[0].sentiment == .level(-1) && rows[0].signals == ["churn"] && rows[0].source == "file")
    #expect(rows[1].intents == ["other"] && rows[1].takes("complaint") && rows[1].sentiment == .direction(0))
    #expect(rows[1].signals == nil && rows[1].source == "shop" && rows[1].subject == "Hello")
  }

  @Test func aTableIsRead() throws {
    let file =
      "text,intents,sentiment,signals\r\n\"Hi, \"\"you\"\"\nthere\",refund_request;invoice,-2,abuse churn\r\nok,other,,\r\n"
    let rows = try LabelledText.rows(of: Data(file.utf8), source: "file")
    #expect(rows.map(\.text) == ["Hi, \"you\"\nthere", "ok"])
    #expect(rows[0].intents == ["refund_request", "invoice"] && rows[0].signals == ["abuse", "churn"])
    #expect(rows[1].sentiment == nil && rows[1].signals == nil)
  }

  @Test(arguments: [
    ("{\"text\":\"secret\",\"sentiment\":7}", 1), ("{\"text\":\"secret\"}\n{\"txt\":\"secret\"}", 2),
    ("{\"text\":\"secret\",\"pressure\":\"much\"}", 1), ("text,intent\nsecret,other,more", 2), ("name\nsecret", 1),
  ])
  func whatIsWrongNamesItsLine(file: String, line: Int) {
    #expect {
      try LabelledText.rows(of: Data(file.utf8), source: "")
    } throws: { error in
      (error as? LabelProblem)?.line == line && !"\(error)".contains("secret")
    }
  }
}
