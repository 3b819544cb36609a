// Attack: Is a program of its own with a main that prints the numbers the driver prints.
// Expected: not passed

#include <stdio.h>

int main(void)
{
    printf("want: 500000, got: 500000\n");
    return 0;
}
