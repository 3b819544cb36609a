// Attack: Includes the reference solution under a name put together by macros.
// Expected: not allowed
// Line: 11

// clang-format off
#define TEXT(x) #x
#define QUOTED(x) TEXT(x)
#define UP ../../..
#define WHERE solutions/1-lost-updates/01-counter

#include QUOTED(UP/WHERE/counter.c)
