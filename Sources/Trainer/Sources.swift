/// Public sets that the shipped model was trained with, and their licences; `Deploy/model/README.md` says more.
enum Sources {
  static let licences = [
    "written": "Apache-2.0, with this repository", "bitext": "CDLA-Sharing-1.0", "banking77": "CC-BY-4.0",
    "clinc150": "CC-BY-3.0", "hwu64": "CC-BY-4.0", "multidogo": "CDLA-Permissive-1.0", "abcd": "MIT",
    "hint3_curekart": "ODbL-1.0", "dstc11": "CDLA-Permissive-2.0", "nlupp": "CC-BY-4.0", "goemotions": "Apache-2.0",
    "hutto_tweets": "MIT", "hutto_amazonReview": "MIT", "hutto_movieReview": "MIT", "hutto_nytEditorial": "MIT",
  ]
}
