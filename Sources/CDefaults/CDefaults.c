#include "CDefaults.h"

static const unsigned char default_policy[] = {
#embed "../../Deploy/policies/default.yaml"
};

const unsigned char *heed_default_policy(void) { return default_policy; }
size_t heed_default_policy_size(void) { return sizeof default_policy; }
