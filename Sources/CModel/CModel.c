#include "CModel.h"

static const unsigned char shipped_model[] = {
#embed "../../Deploy/model/shipped.heedmodel"
};

const unsigned char *heed_shipped_model(void) { return shipped_model; }
size_t heed_shipped_model_size(void) { return sizeof shipped_model; }
