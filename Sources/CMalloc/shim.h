#pragma once

// What glibc's allocator offers beside allocating: Swift's Glibc leaves it out.
#include <malloc.h>
