internal import CDefaults
internal import CModel

/// What is compiled in, so that the program runs from anywhere; `--policy`, `--cases` and `--model` replace it without a rebuild.
public enum Shipped {
  /// `Deploy/policies/default.yaml`.
  public static let policy = String(
    decoding: UnsafeRawBufferPointer(start: heed_default_policy(), count: heed_default_policy_size()), as: UTF8.self)

  /// `Deploy/policies/default.cases.yaml`, the cases of that policy.
  public static let cases = String(
    decoding: UnsafeRawBufferPointer(start: heed_default_cases(), count: heed_default_cases_size()), as: UTF8.self)

  /// `Deploy/model/shipped.heedmodel`.
  public static let model = Array(UnsafeRawBufferPointer(start: heed_shipped_model(), count: heed_shipped_model_size()))
}
