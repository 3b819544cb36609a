// A division by zero.
// explore: crashed, crash
// tsan: crashed; SIGFPE in main at zero_divisor.c:11
// helgrind: crashed; SIGFPE in main at zero_divisor.c:11
// native: crashed; SIGFPE

static volatile int zero;

int main(void)
{
    return 3 / zero;
}
