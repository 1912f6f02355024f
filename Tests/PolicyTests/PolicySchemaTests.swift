import Events
import Foundation
import Testing
import Yams
import TestSupport

@testable import Policy

/// `Schemas/policy.schema.json`, which editors read, says what the loader accepts: the same fields, the same words, the same
/// documents.
@Suite struct PolicySchemaTests {
  // MARK: Words

  static let vocabularies: [(definition: String, words: [String])] =
    FactName.allCases.compactMap { fact in
      guard fact != .intent, let words = FactName.vocabulary(of: fact), !words.isEmpty else { return nil }
      return (fact.rawValue, words)
    } + [
      ("place", Template.placeholders.sorted()), ("urgency", DecisionMade.Urgency.allCases.map(\.rawValue)),
      ("step/boundary", PolicyDocument.Step.Boundary.allCases.map(\.rawValue)),
      ("step/kind", PolicyDocument.Step.Kind.allCases.map(\.rawValue)),
      ("step/stakes", PolicyDocument.Step.Stakes.allCases.map(\.rawValue)),
      ("step/about", PolicyDocument.Step.Subject.allCases.map(\.rawValue)),
      ("channelRule/form", PolicyDocument.Form.allCases.map(\.rawValue)), ("intent/goal", PolicyDocument.Intent.goals),
      ("privacy/reveal", PolicyDocument.Reveal.allCases.map(\.rawValue)),
      ("intent/confidence", Reading.Band.allCases.map(\.rawValue)),
    ]

  @Test(arguments: vocabularies)
  func theSchemaKnowsTheSameWords(definition: String, words: [String]) throws {
    let parts = definition.split(separator: "/").map(String.init)
    var schema = try #require(Schema.policy.definition(parts[0]))
    if parts.count == 2 { schema = try #require(Schema.policy.property(parts[1], of: schema)) }
    #expect(Set(schema["enum"] as? [String] ?? []) == Set(words))
  }

  @Test func everyEnumerationOfTheSchemaIsHeldToOneInTheProgram() throws {
    let held = Set(Self.vocabularies.map { $0.definition.replacing("/", with: "/properties/") })
    #expect(Set(Schema.policy.enumerations) == held)
  }

  @Test func theCasesExpectActionsThatThereAre() throws {
    let cases = try #require(Schema.cases.property("cases", of: Schema.cases.root)?["items"] as? [String: Any])
    let expect = try #require(Schema.cases.property("expect", of: cases))
    let actions = try #require(Schema.cases.property("action", of: expect)?["enum"] as? [String])
    #expect(Set(actions) == Set(DecisionMade.Action.allCases.map(\.rawValue)))
    let facts = try #require(Schema.cases.property("facts", of: cases)?["properties"] as? [String: Any])
    #expect(Set(facts.keys) == Set(FactName.allCases.map(\.rawValue)))
  }

  @Test func aConditionAsksForEveryFactAsItsKindIsAsked() throws {
    let facts = try #require(Schema.policy.definition("condition")?["properties"] as? [String: [String: Any]])
    #expect(Set(facts.keys) == Set(FactName.allCases.map(\.rawValue)))
    for fact in FactName.allCases {
      let wanted = facts[fact.rawValue]?["$ref"] as? String
      let expected: String? =
        switch fact.kind {
        case .flag: "#/$defs/flag"
        case .number: "#/$defs/number"
        case .word, .words: nil
        }
      #expect(wanted == expected, "\(fact.rawValue)")
    }
  }

  // MARK: Fields

  /// Every mapping in the example that has all sections, with its schema.
  static let mappings = Schema.policy.mappings(in: PolicyExample.everything)

  @Test func theExampleHasEveryFieldOfTheSchema() {
    var missing: [String: Set<String>] = [:]
    for mapping in Self.mappings where mapping.title != "Condition" {
      missing[mapping.title, default: mapping.fields].subtract(mapping.present)
    }
    #expect(missing.filter { !$0.value.isEmpty } == [:])
    #expect(missing.count >= 15)
  }

  @Test(arguments: mappings)
  func theLoaderKnowsTheFieldsOfTheSchemaAndNoOther(mapping: Schema.Mapping) throws {
    let document = PolicyExample.everything.setting(mapping.path + [.key("unheard-of")], to: "x")
    guard mapping.isClosed else {
      // Words for codes come under whatever list a message may need.
      return #expect(mapping.title == "Words for data that comes as codes, by list and code.")
    }
    let found = try #require(problem(document.yaml), "\(mapping.path)")
    guard let known = found.words.components(separatedBy: "known are ").dropFirst().first else {
      return #expect(found.words.contains("there is no such"), "\(found)")
    }
    #expect(Set(known.components(separatedBy: ", ")) == mapping.fields, "\(mapping.path)")
  }

  /// Of the last rule the loader wants more, which no schema can say: it must hold always and name queue and step.
  @Test(arguments: mappings.filter { !$0.path.starts(with: [.key("rules"), .index(4)]) })
  func theLoaderNeedsTheFieldsThatTheSchemaRequires(mapping: Schema.Mapping) {
    for field in mapping.present {
      let document = PolicyExample.everything.setting(mapping.path + [.key(field)], to: nil)
      #expect((problem(document.yaml) != nil) == mapping.needs(field), "\(mapping.path) \(field)")
    }
  }

  // MARK: Documents

  @Test(arguments: PolicyExample.files("policy/valid"))
  func aValidExampleIsAPolicy(example: PolicyExample) {
    #expect(problem(example.yaml) == nil)
  }

  @Test(arguments: PolicyExample.files("policy/invalid"))
  func anInvalidExampleIsRefusedByTheLoaderToo(example: PolicyExample) throws {
    #expect(try #require(problem(example.yaml)).line > 0)
  }

  @Test(arguments: PolicyExample.files("policy.cases/valid"))
  func validCasesAreRead(example: PolicyExample) throws {
    #expect(try PolicyCases(yaml: example.yaml).count > 0)
  }

  @Test(arguments: PolicyExample.files("policy.cases/invalid"))
  func invalidCasesAreRefusedByTheLoaderToo(example: PolicyExample) {
    #expect(throws: PolicyProblem.self) { try PolicyCases(yaml: example.yaml) }
  }

  @Test(arguments: [("default.yaml", "policy.schema.json"), ("default.cases.yaml", "policy.cases.schema.json")])
  func anEditorFindsTheSchemaOfAPolicyWeShip(document: String, schema: String) throws {
    let text = try Repository.text("Deploy/policies/\(document)")
    #expect(text.hasPrefix("# yaml-language-server: $schema=../../Schemas/\(schema)\n"))
    #expect(FileManager.default.fileExists(atPath: Repository.file("Schemas/\(schema)").path))
  }
}

/// A document under `Schemas/examples`.
struct PolicyExample: CustomTestStringConvertible, Sendable {
  enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
  }

  let name: String
  let yaml: String
  var testDescription: String { name }

  static func files(_ folder: String) -> [PolicyExample] {
    let url = Repository.file("Schemas/examples/\(folder)")
    let files = try! FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
    return files.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }.map {
      PolicyExample(name: $0.lastPathComponent, yaml: try! String(contentsOf: $0, encoding: .utf8))
    }
  }

  static let everything = files("policy/valid").first { $0.name == "everything.yaml" }!

  var value: Any { try! Yams.load(yaml: yaml)! }

  /// The document with one field set or taken out, written as JSON, which is YAML.
  func setting(_ path: [Step], to new: String?) -> PolicyExample {
    let changed = Self.setting(path[...], to: new, in: value)
    let bytes = try! JSONSerialization.data(withJSONObject: changed, options: [.sortedKeys, .withoutEscapingSlashes])
    return PolicyExample(name: name, yaml: String(decoding: bytes, as: UTF8.self))
  }

  private static func setting(_ path: ArraySlice<Step>, to new: String?, in value: Any) -> Any {
    switch path.first! {
    case .key(let key):
      var mapping = value as! [String: Any]
      if path.count == 1 {
        mapping[key] = new
      } else {
        mapping[key] = setting(path.dropFirst(), to: new, in: mapping[key]!)
      }
      return mapping
    case .index(let index):
      var list = value as! [Any]
      list[index] = setting(path.dropFirst(), to: new, in: list[index])
      return list
    }
  }
}

/// A JSON Schema, as far as ours go. Read once and never changed, so any thread may look at it.
struct Schema: @unchecked Sendable {
  /// A mapping in a document and what the schema says about it.
  struct Mapping: Sendable, CustomTestStringConvertible {
    let path: [PolicyExample.Step]
    let title: String
    /// The fields that the schema knows, and those that are there.
    let fields: Set<String>
    let present: Set<String>
    /// Whether it refuses all others.
    let isClosed: Bool
    fileprivate let required: Set<String>

    var testDescription: String {
      path.map { step in if case .key(let key) = step { key } else { "[]" } }.joined(separator: ".")
    }

    func needs(_ field: String) -> Bool { required.contains(field) }
  }

  static let policy = Schema("policy.schema.json")
  static let cases = Schema("policy.cases.schema.json")

  let root: [String: Any]

  private init(_ file: String) {
    let bytes = try! Data(contentsOf: Repository.file("Schemas/\(file)"))
    root = try! JSONSerialization.jsonObject(with: bytes) as! [String: Any]
  }

  func definition(_ name: String) -> [String: Any]? { (root["$defs"] as? [String: [String: Any]])?[name] }

  func property(_ name: String, of schema: [String: Any]) -> [String: Any]? {
    (schema["properties"] as? [String: Any])?[name] as? [String: Any]
  }

  /// Where closed lists of words stand: `step/properties/kind`.
  var enumerations: [String] {
    func find(in value: Any, at path: String) -> [String] {
      guard let schema = value as? [String: Any] else { return [] }
      return (schema["enum"] == nil ? [] : [path])
        + schema.flatMap { find(in: $0.value, at: path.isEmpty ? $0.key : "\(path)/\($0.key)") }
    }
    return find(in: root["$defs"]!, at: "")
  }

  func mappings(in document: PolicyExample) -> [Mapping] { mappings(in: document.value, root, at: []) }

  private func mappings(in value: Any, _ schema: [String: Any], at path: [PolicyExample.Step]) -> [Mapping] {
    let schema = resolved(schema, for: value)
    if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
      return list.indices.flatMap { mappings(in: list[$0], items, at: path + [.index($0)]) }
    }
    guard let mapping = value as? [String: Any] else { return [] }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    let others = schema["additionalProperties"] as? [String: Any]
    let inside = mapping.keys.sorted().flatMap { key in
      (properties[key] as? [String: Any] ?? others).map { mappings(in: mapping[key]!, $0, at: path + [.key(key)]) }
        ?? []
    }
    guard !properties.isEmpty else { return inside }
    var required = Set(schema["required"] as? [String] ?? [])
    // One of them is needed; where there is only one, that one.
    if schema["minProperties"] as? Int == 1, mapping.count == 1 { required.formUnion(mapping.keys) }
    for rule in schema["allOf"] as? [[String: Any]] ?? [] { required.formUnion(Self.required(by: rule, of: mapping)) }
    return [
      Mapping(
        path: path, title: schema["title"] as? String ?? schema["description"] as? String ?? "",
        fields: Set(properties.keys), present: Set(mapping.keys), isClosed: others == nil, required: required)
    ] + inside
  }

  /// What a rule of the form "if this field is that word, then these fields" requires.
  private static func required(by rule: [String: Any], of mapping: [String: Any]) -> [String] {
    guard let condition = (rule["if"] as? [String: Any])?["properties"] as? [String: [String: String]] else {
      return []
    }
    let holds = condition.allSatisfy { mapping[$0.key] as? String == $0.value["const"] }
    return holds ? (rule["then"] as? [String: Any])?["required"] as? [String] ?? [] : []
  }

  /// The schema behind references and, of alternatives, the one for such a value. What stands beside a reference adds to it.
  private func resolved(_ schema: [String: Any], for value: Any) -> [String: Any] {
    if let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last {
      let beside = schema.filter { $0.key != "$ref" && $0.key != "description" }
      return resolved(definition(String(name))!.merging(beside) { $1 }, for: value)
    }
    guard let alternatives = schema["anyOf"] as? [[String: Any]] else { return schema }
    let type = value is [Any] ? "array" : value is [String: Any] ? "object" : "string"
    return alternatives.first { $0["type"] as? String == type } ?? [:]
  }
}
