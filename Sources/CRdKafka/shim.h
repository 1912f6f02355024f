#pragma once
#include <librdkafka/rdkafka.h>
/* Says itself that it must come after rdkafka.h. */
#include <librdkafka/rdkafka_mock.h>
