public import Events

/// The side of an experiment on which a customer stands.
public enum Arm: String, Sendable, Hashable, CaseIterable {
  /// Automation as the policy has it.
  case treatment
  /// Nothing is automated: the simpler system, against which automation must prove itself (G4).
  case baseline
}

extension PolicyDocument {
  /// A trial of automation against people alone: a share of the customers gets no automated word, so that what becomes of both can be
  /// compared.
  ///
  /// Who is in the baseline is a property of the customer and the experiment's name, and of nothing else: the same on every worker, in every
  /// ticket and in every replay.
  public struct Experiment: Sendable, Hashable {
    /// Its name: another name draws other customers.
    public let name: String
    /// The baseline's share of the customers, in thousandths.
    public let baselineThousandths: Int

    /// The baseline's share as a policy writes it: `2.5%`.
    public var share: String {
      "\(baselineThousandths / 10)\(baselineThousandths % 10 == 0 ? "" : ".\(baselineThousandths % 10)")%"
    }

    /// The arm of `customer`.
    ///
    /// SHA-256 of the name, 0x1F and the customer's id; its first eight bytes, read as a big-endian fraction of 1, are below the share in the
    /// baseline. There is no key, so that anybody can compute it, and who is in a smaller baseline is in a larger one, too.
    public func arm(of customer: CustomerID) -> Arm {
      let draw = Digest256(joining: name, customer.text).leading
      return draw.multipliedFullWidth(by: 1_000).high < UInt64(baselineThousandths) ? .baseline : .treatment
    }

    /// The name under which it decides, where a machine would have spoken and does not.
    public var rule: String { Self.rulePrefix + name }

    static let rulePrefix = "experiment."

    /// Why a person has it, for agents.
    public var words: String { "In the baseline of the experiment \(name) no machine answers, so a person does" }
  }

  /// Where a machine may speak as far as the experiment is concerned: in the treatment, and nowhere if the arm is none we know.
  static let inTreatment = Condition([(fact: .arm, wanted: .anyOf([Arm.treatment.rawValue]))])

  /// What the experiment decides about, where a rule would send a message.
  public static let inBaseline = Condition([(fact: .arm, wanted: .noneOf([Arm.treatment.rawValue]))])
}
