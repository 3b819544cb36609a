// A program that a compiler ends on purpose, by an instruction that is none.
// tsan: crashed; SIGILL in main at trap.c:8
// helgrind: crashed; SIGILL in main at trap.c:8
// native: crashed; SIGILL

int main(void)
{
    __builtin_trap();
}
