#include "CDefaults.h"

static const unsigned char default_policy[] = {
#embed "../../Deploy/policies/default.yaml"
};

static const unsigned char default_cases[] = {
#embed "../../Deploy/policies/default.cases.yaml"
};

const unsigned char *heed_default_policy(void) { return default_policy; }
size_t heed_default_policy_size(void) { return sizeof default_policy; }
const unsigned char *heed_default_cases(void) { return default_cases; }
size_t heed_default_cases_size(void) { return sizeof default_cases; }
